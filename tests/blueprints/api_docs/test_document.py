"""The OpenAPI document: whole, valid, and of the API alone."""

import jsonschema_rs
import pytest
import schemathesis

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def document(app):
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.get_json()


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_openapi_3_1_of_the_api_alone(document, app):
    assert document["openapi"] == "3.1.0"
    assert {path.split("/")[1:3] == ["api", "v1"] for path in document["paths"]} == {True}
    told = {operation["operationId"] for _path, _method, operation in operations(document)}
    doors = {name.removeprefix("api.") for name in app.view_functions if name.startswith("api.")}
    assert told == doors


def test_every_operation_is_told_whole(document):
    for path, method, operation in operations(document):
        assert method in METHODS
        assert operation["summary"].endswith("."), path
        assert operation["tags"][0] in {tag["name"] for tag in document["tags"]}
        in_path = {
            parameter["name"] for parameter in operation["parameters"] if parameter.get("in") == "path"
        }
        assert in_path == {part.split("}")[0] for part in path.split("{")[1:]}
        answers = operation["responses"]
        assert {"401", "422"} <= set(answers)
        assert any(status.startswith("2") for status in answers)
        assert (method in ("post", "put", "patch")) == ("requestBody" in operation)
        if method == "patch":
            assert {"409", "412", "428"} <= set(answers)


def test_every_reference_leads_somewhere(document):
    def references(value):
        if isinstance(value, dict):
            if "$ref" in value:
                yield value["$ref"]
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    for reference in set(references(document)):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    assert not [name for name in document["components"]["schemas"] if name[-1].isdigit()]


def test_every_shape_is_a_json_schema(document):
    for shape in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate(shape | {"$schema": "https://json-schema.org/draft/2020-12/schema"})


def test_others_can_read_it(document):
    schema = schemathesis.openapi.from_dict(document)
    schema.validate()
    assert len([found.ok() for found in schema.get_all_operations()]) == len(operations(document))
