"""Does our backend keep the promises of a django-modelsearch backend? Run by test_conformance.py, never collected."""

from django.test import TestCase
from modelsearch.tests import elasticsearch_common_tests, test_postgres_backend, test_sqlite_backend
from modelsearch.tests.test_backends import BackendTests, BackendTestSetupMixin


class TestEveryBackend(BackendTests, TestCase):
    """What every backend must do: nothing is left out, nothing overridden."""

    backend_path = "portal.search.backend"


class TestWhatOthersDo(BackendTestSetupMixin, TestCase):
    """What single backends are tested for beyond that, where it does not name their own inside."""

    backend_path = "portal.search.backend"
    fixtures = ("search",)

    # Named only in here: a class with tests that stands in the module would be collected as what it is.
    elasticsearch = elasticsearch_common_tests.ElasticsearchCommonSearchBackendTests
    postgresql = test_postgres_backend.TestPostgresSearchBackend
    sqlite = test_sqlite_backend.TestSQLiteSearchBackend

    test_search_with_spaces_only = elasticsearch.test_search_with_spaces_only
    test_partial_search = elasticsearch.test_partial_search
    test_disabled_partial_search = elasticsearch.test_disabled_partial_search
    test_disabled_partial_search_with_whole_term = elasticsearch.test_disabled_partial_search_with_whole_term
    test_child_partial_search = elasticsearch.test_child_partial_search
    test_query_analyser = elasticsearch.test_query_analyser
    test_search_with_hyphen = elasticsearch.test_search_with_hyphen
    test_search_with_numeric_term = elasticsearch.test_search_with_numeric_term
    test_and_operator_with_single_field = elasticsearch.test_and_operator_with_single_field
    test_more_than_ten_results = elasticsearch.test_more_than_ten_results
    test_more_than_one_hundred_results = elasticsearch.test_more_than_one_hundred_results
    test_slice_more_than_one_hundred_results = elasticsearch.test_slice_more_than_one_hundred_results
    test_slice_to_next_page = elasticsearch.test_slice_to_next_page
    test_cannot_filter_on_date_parts_other_than_year = elasticsearch.test_cannot_filter_on_date_parts_other_than_year
    test_fuzzy_search = postgresql.test_fuzzy_search
    test_fuzzy_search_single_word = postgresql.test_fuzzy_search_single_word
    test_fuzzy_search_no_match = postgresql.test_fuzzy_search_no_match
    test_fuzzy_search_exact_match = postgresql.test_fuzzy_search_exact_match
    test_fuzzy_search_with_operator = postgresql.test_fuzzy_search_with_operator
    test_fuzzy_autocomplete = postgresql.test_fuzzy_autocomplete
    test_reset_indexes = sqlite.test_reset_indexes
