"""What the interface's document says, where the framework would say something else."""

from typing import Any

from fastapi import FastAPI

from service.http.problems import MEDIA_TYPE


class Documented(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The framework gives an error the type of the success it stands beside."""
        document = super().openapi()
        for path in document["paths"].values():
            for operation in path.values():
                response = operation["responses"]["default"]
                response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}
        return document
