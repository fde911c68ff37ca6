"""Where a chat surface or a command asks Parley, be it in this process or of a service that runs."""

from service.desk.desk import Desk, Hearer
from service.desk.opening import open_desk, service_desk, through_service
from service.desk.patience import Patient
from service.desk.remote import RemoteDesk

__all__ = ["Desk", "Hearer", "Patient", "RemoteDesk", "open_desk", "service_desk", "through_service"]
