"""Parley in Slack. docs/slack.md tells how it is set up."""
