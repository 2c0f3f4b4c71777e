using System.Net;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;

namespace EarlyWarning.ServiceDefaults.Tests.Transcoding;

/// <summary>Paths, verbs and query parameters that there are not are refused by name; what there is means what it says.</summary>
public sealed class JsonPathTests(SmallServer server) : IClassFixture<SmallServer>
{
    private const string Risk = "/v1/frameworks/f/risks/KEN";

    [Theory]
    [InlineData($"{Risk}?asof=2020-01-01T00:00:00Z", "asof", ErrorReason.UnknownField, "Did you mean 'asOf'?")]
    [InlineData("/v1/observations?contry=KEN", "contry", ErrorReason.UnknownField, "Did you mean 'country'?")]
    [InlineData("/v1/observations?Country=KEN", "Country", ErrorReason.UnknownField, "Did you mean 'country'?")]
    [InlineData("/v1/observations?country.code=KEN", "country.code", ErrorReason.UnknownField, "'country' has no fields")]
    [InlineData("/v1/observations?country=", "country", ErrorReason.InvalidField, "'country' is empty")]
    [InlineData("/v1/observations?country=KEN&country=UGA", "country", ErrorReason.InvalidField, "is there 2 times")]
    [InlineData(
        "/v1/observations?asOf=2020-01-01T00:00:00Z&as_of=2021-01-01T00:00:00Z",
        "as_of",
        ErrorReason.InvalidField,
        "is there 2 times"
    )]
    [InlineData("/v1/observations?pageSize=many", "page_size", ErrorReason.InvalidField, "'many' is no whole number")]
    [InlineData("/v1/observations?includeRevisions=yes", "include_revisions", ErrorReason.InvalidField, "neither true nor false")]
    [InlineData($"{Risk}?name=frameworks/f/risks/UGA", "name", ErrorReason.InvalidField, "The path gives 'name' already")]
    [InlineData($"{Risk}?at=2020-01-01T00:00:00+02:00", "at", ErrorReason.InvalidField, "write %2B")]
    [InlineData($"{Risk}?at.seconds=5", "at.seconds", ErrorReason.UnknownField, "'at' has no fields")]
    public async Task Get_QueryThatNamesNothing_IsRefusedByName(string path, string field, ErrorReason reason, string message)
    {
        var (code, error, answer) = await server.SendAsync("GET", path);

        using var _ = answer;
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal(Fault.NameOf(reason), error!.GetDetail<ErrorInfo>().Reason);
        var violation = error.GetDetail<BadRequest>().FieldViolations.Single();
        Assert.Equal(field, violation.Field);
        Assert.Contains(message, violation.Description, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Get_QueryByEitherName_IsRead()
    {
        var read = await server.ReadAsync<ListObservationsRequest>(
            "GET",
            "/v1/observations?country=KEN&page_size=7&includeRevisions=true&observed_from=2024-01-01T00:00:00%2B01:00&pageToken="
        );

        Assert.Equal(("KEN", 7, true, 1_704_063_600L), (read.Country, read.PageSize, read.IncludeRevisions, read.ObservedFrom.Seconds));
    }

    [Fact]
    public async Task Get_PathAndQuery_AreOneRequest()
    {
        var read = await server.ReadAsync<GetCountryRiskRequest>("GET", $"{Risk}?minimumRevision=9007199254740993");

        Assert.Equal(("frameworks/f/risks/KEN", 9_007_199_254_740_993), (read.Name, read.MinimumRevision));
    }

    [Fact]
    public async Task Post_VerbOfAResource_IsReadWithItsNameAndBody()
    {
        var read = await server.ReadAsync<RetireThresholdRequest>(
            "POST",
            "/v1/thresholds/high:retire",
            """{"etag":"7","validateOnly":true}"""
        );

        Assert.Equal(("thresholds/high", "7", true), (read.Name, read.Etag, read.ValidateOnly));
    }

    [Fact]
    public async Task Watch_RefusedBeforeItsFirstAnswer_IsAnHttpErrorWithItsReason()
    {
        var (code, error, answer) = await server.SendAsync("GET", "/v1/breaches:watch?resumeToken=old");

        using var _ = answer;
        Assert.Equal((HttpStatusCode.BadRequest, "RESUME_TOKEN_EXPIRED"), (code, error!.GetDetail<ErrorInfo>().Reason));
    }

    [Fact]
    public async Task Watch_RepeatedParameter_IsReadAsAList() =>
        Assert.Equal(
            ["KEN", "UGA"],
            (await server.ReadAsync<WatchCountryRisksRequest>("GET", "/v1/frameworks/f/risks:watch?countries=KEN&countries=UGA")).Countries
        );

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%252Fb%20c", "a%2Fb c")]
    [InlineData("a/b:c", "a/b:c")]
    [InlineData("breaches/b1?countries=KEN", "breaches/b1")]
    public async Task Trace_IdWithASlash_IsReached(string sent, string id) =>
        Assert.Equal(id, (await server.ReadAsync<TraceRequest>("GET", $"/v1/trace/{sent}")).Id);

    [Fact]
    public async Task Put_NameInPathAlone_IsTheRequests() =>
        Assert.Equal(
            "thresholds/a",
            (await server.ReadAsync<UpdateThresholdRequest>("PUT", "/v1/thresholds/a", """{"threshold":{"level":"high"}}""")).Threshold.Name
        );

    [Fact]
    public async Task Put_BodyNamesAnother_IsRefused()
    {
        var (code, error, answer) = await server.SendAsync("PUT", "/v1/thresholds/a", """{"threshold":{"name":"thresholds/b"}}""");

        using var _ = answer;
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal("threshold.name", error!.GetDetail<BadRequest>().FieldViolations.Single().Field);
        Assert.Contains("'thresholds/a' and the body 'thresholds/b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_QueryBesideABody_IsRefusedByName()
    {
        var (code, error, answer) = await server.SendAsync("POST", "/v1/observations?validateOnly=true", "{}");

        using var _ = answer;
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal("validateOnly", error!.GetDetail<BadRequest>().FieldViolations.Single().Field);
    }

    [Fact]
    public async Task Get_WithABody_IsRefused()
    {
        var (code, error, answer) = await server.SendAsync("GET", "/v1/observations", """{"country":"KEN"}""");

        using var _ = answer;
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains("takes no body", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/v1/observatons", "Did you mean POST /v1/observations or")]
    [InlineData("GET", "/v1/framework/f/risks/KEN", "Did you mean GET /v1/frameworks/*/risks/*")]
    [InlineData("GET", "/v1/frameworks/f/risks/KEN:explian", "Did you mean GET /v1/frameworks/*/risks/*:explain")]
    [InlineData("POST", "/v1/thresholds/a:other", "There is no POST /v1/thresholds/a:other.")]
    [InlineData("GET", "/", "The JSON API is under /v1/")]
    [InlineData("GET", "/v1", "The JSON API is under /v1/")]
    public async Task Send_UnknownPathOrVerb_IsRefusedWithTheNearest(string method, string path, string message)
    {
        var (code, error, answer) = await server.SendAsync(method, path, method == "POST" ? "{}" : null);

        using var _ = answer;
        Assert.Equal(HttpStatusCode.NotFound, code);
        Assert.Equal(Fault.NameOf(ErrorReason.UnknownPath), error!.GetDetail<ErrorInfo>().Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/v1/observations", "GET, POST")]
    [InlineData("PATCH", "/v1/thresholds/a", "GET, PUT")]
    [InlineData("GET", "/v1/observations:batch", "POST")]
    public async Task Send_AnotherHttpMethod_IsRefusedWithThoseThatThereAre(string method, string path, string allowed)
    {
        var (code, error, answer) = await server.SendAsync(method, path);

        using var _ = answer;
        Assert.Equal(HttpStatusCode.MethodNotAllowed, code);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
        Assert.Equal(Fault.NameOf(ErrorReason.MethodNotAllowed), error!.GetDetail<ErrorInfo>().Reason);
    }
}
