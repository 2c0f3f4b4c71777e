using EarlyWarning.V1;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Tests.Contract;

/// <summary>
/// What narrows a list or a watch is refused where it is not there, never answered with nothing: each such field of each request says here
/// how.
/// </summary>
public sealed class FilterTests
{
    private const string Page = "is of the page";
    private const string Switch = "has no value that is unknown";
    private const string Country = "UNKNOWN_COUNTRY";
    private const string Named = "NOT_FOUND, or INVALID_FIELD where it is no name";
    private const string Moment =
        "INVALID_FIELD where it is no time, an unset one, ahead of the clock (as_of) or not after the other end of its range";
    private const string Recorded = "NOT_FOUND where nothing of the country was recorded under it, or INVALID_FIELD where nothing could be";

    private static readonly Dictionary<string, string> s_checks = new()
    {
        ["page_size"] = Page,
        ["page_token"] = Page,
        ["resume_token"] = Page,
        ["ListBreachesRequest.countries"] = Country,
        ["ListBreachesRequest.threshold"] = Named,
        ["ListBreachesRequest.state"] = "INVALID_FIELD where it is no value of the enum",
        ["ListBreachesRequest.framework"] = Named,
        ["ListBreachesRequest.min_severity"] = "INVALID_FIELD where it is no value of the enum",
        ["ListBreachesRequest.fired_from"] = Moment,
        ["ListBreachesRequest.fired_before"] = Moment,
        ["WatchBreachesRequest.countries"] = Country,
        ["ListCasesRequest.countries"] = Country,
        ["ListCasesRequest.open_only"] = Switch,
        ["ListCasesRequest.states"] = "INVALID_FIELD where one is no value of the enum",
        ["ListCasesRequest.min_severity"] = "INVALID_FIELD where it is no value of the enum",
        ["ListCasesRequest.framework"] = Named,
        ["ListCasesRequest.threshold"] = Named,
        ["ListCasesRequest.opened_from"] = Moment,
        ["ListCasesRequest.opened_before"] = Moment,
        ["WatchCasesRequest.countries"] = Country,
        ["ListEventsRequest.state"] = "INVALID_FIELD where it is no value of the enum",
        ["ListFrameworksRequest.parent"] = Named,
        ["ListFrameworksRequest.show_retired"] = Switch,
        ["ListThresholdsRequest.show_retired"] = Switch,
        ["ListNotificationsRequest.recipient"] = Named,
        ["ListNotificationsRequest.breach"] = Named,
        ["ListNotificationsRequest.case"] = Named,
        ["ListNotificationsRequest.countries"] = Country,
        ["ListNotificationsRequest.state"] = "INVALID_FIELD where it is no value of the enum",
        ["ListNotificationsRequest.severity"] = "INVALID_FIELD where it is no value of the enum",
        ["ListNotificationsRequest.created_from"] = Moment,
        ["ListNotificationsRequest.created_before"] = Moment,
        ["ListRecipientsRequest.countries"] = Country,
        ["ListCountriesRequest.countries"] = Country,
        ["ListObservationsRequest.country"] = Country,
        ["ListObservationsRequest.indicator"] = "UNKNOWN_INDICATOR",
        ["ListObservationsRequest.source"] = Recorded,
        ["ListObservationsRequest.observation_id"] = Recorded,
        ["ListObservationsRequest.observed_from"] = Moment,
        ["ListObservationsRequest.observed_before"] = Moment,
        ["ListObservationsRequest.as_of"] = Moment,
        ["ListObservationsRequest.include_revisions"] = Switch,
        ["ListOperationsRequest.states"] = "INVALID_FIELD where one is no value of the enum",
        ["ListOperationsRequest.methods"] = "INVALID_FIELD where one is no value of the enum",
        ["ListOperationsRequest.caller"] = "may be anybody's name; who has started none that is kept has none",
        ["ListAuditEntriesRequest.caller"] = "may be anybody's name; who is on record with nothing has nothing",
        ["ListAuditEntriesRequest.method"] = "INVALID_FIELD where nothing of the kind goes on record",
        ["ListAuditEntriesRequest.code"] = "INVALID_FIELD where it is no status code's name",
        ["ListAuditEntriesRequest.from_time"] = Moment,
        ["ListAuditEntriesRequest.before_time"] = Moment,
        ["RankCountriesRequest.parent"] = Named,
        ["RankCountriesRequest.countries"] = Country,
        ["RankCountriesRequest.at"] = Moment,
        ["RankCountriesRequest.as_of"] = Moment,
        ["RankCountriesRequest.minimum_revisions"] =
            "UNKNOWN_COUNTRY, INVALID_FIELD where it is not among the countries, or REVISION_NOT_REACHED",
        ["ListRiskHistoryRequest.name"] = Named,
        ["ListRiskHistoryRequest.minimum_revision"] = "REVISION_NOT_REACHED",
        ["ListRiskHistoryRequest.from"] = Moment,
        ["ListRiskHistoryRequest.before"] = Moment,
        ["WatchCountryRisksRequest.parent"] = Named,
        ["WatchCountryRisksRequest.countries"] = Country,
    };

    [Fact]
    public void Filters_OfEveryListAndWatch_SayHowTheyAreChecked() =>
        Assert.Equal(
            "",
            string.Join(' ', Fields().Where(field => !s_checks.ContainsKey(field.Name) && !s_checks.ContainsKey(Key(field))).Select(Key))
        );

    [Fact]
    public void Checks_EachIsOfAFieldThatIsThere() =>
        Assert.All(s_checks.Keys, key => Assert.Contains(Fields(), field => field.Name == key || Key(field) == key));

    private static IEnumerable<FieldDescriptor> Fields() =>
        typeof(Country)
            .Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>()
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods)
            .Where(method =>
                method.Name.StartsWith("List", StringComparison.Ordinal)
                || method.Name.StartsWith("Rank", StringComparison.Ordinal)
                || method.Name.StartsWith("Watch", StringComparison.Ordinal)
            )
            .SelectMany(method => method.InputType.Fields.InDeclarationOrder());

    private static string Key(FieldDescriptor field) => $"{field.ContainingType.Name}.{field.Name}";
}
