"""Floor 7: fixtext as a step of the engines people already run, each module importable without the other engines.

| module | engine | extra |
|---|---|---|
| `fixtext.integrations.arrow` | PyArrow | ``fixtext[records]`` |
| `fixtext.integrations.pandas` | pandas | ``fixtext[pandas]`` |
| `fixtext.integrations.polars` | Polars | ``fixtext[polars]`` |
| `fixtext.integrations.spark` | Spark 4.1 or newer | ``fixtext[spark]`` |
| `fixtext.integrations.ray` | Ray Data | ``fixtext[ray]`` |
| `fixtext.integrations.datatrove` | datatrove | ``fixtext[datatrove]`` |

All of them repair and score with `fixtext.records`, so the results are the same everywhere.
"""
