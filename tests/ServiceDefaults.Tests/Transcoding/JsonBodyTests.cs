using System.Net;
using System.Text;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;

namespace EarlyWarning.ServiceDefaults.Tests.Transcoding;

/// <summary>
/// What a JSON body holds is read as protobuf's JSON rules say, or refused by its name and place: never dropped, never read as zero.
/// </summary>
public sealed partial class JsonBodyTests(SmallServer server) : IClassFixture<SmallServer>
{
    private const string Record = "/v1/observations";

    [Theory]
    [InlineData("""{"observation":{},"backfil":true}""", "backfil", "Did you mean 'backfill'?")]
    [InlineData("""{"observation":{},"validateOnlly":true}""", "validateOnlly", "Did you mean 'validateOnly'?")]
    [InlineData("""{"observation":{"vlaue":3}}""", "observation.vlaue", "Did you mean 'value'?")]
    [InlineData("""{"observation":{"Value":3}}""", "observation.Value", "Did you mean 'value'?")]
    [InlineData("""{"observation":{"whatever":{"deep":[1,{"a":2}]}}}""", "observation.whatever", "It has observationId")]
    public async Task Record_UnknownMember_IsRefusedWithTheNearestName(string body, string field, string hint)
    {
        var violation = await RefusedAsync(body, ErrorReason.UnknownField);

        Assert.Equal(field, violation.Field);
        Assert.Contains(hint, violation.Description, StringComparison.Ordinal);
        Assert.Contains("It stands in line 1, at byte ", violation.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"observation":{"value":1,"value":2}}""", "observation.value", "twice")]
    [InlineData("""{"observation":{"observedAt":null,"observed_at":"2024-01-01T00:00:00Z"}}""", "observation.observed_at", "twice")]
    [InlineData("""{"observation":{"standardError":1,"confidence":0.5}}""", "observation.confidence", "exclude each other")]
    [InlineData("""{"observation":{"value":"high"}}""", "observation.value", "'high' is no number")]
    [InlineData("""{"observation":{"value":""}}""", "observation.value", "'' is no number")]
    [InlineData("""{"observation":{"value":" 1"}}""", "observation.value", "is no number")]
    [InlineData("""{"observation":{"value":true}}""", "observation.value", "Here belongs a number, and not true")]
    [InlineData("""{"observation":{"value":[1]}}""", "observation.value", "Here belongs a number, and not a list")]
    [InlineData("""{"observation":{"country":5}}""", "observation.country", "Here belongs a text, and not a number")]
    [InlineData("""{"observation":[]}""", "observation", "Here belongs an object, and not a list")]
    [InlineData("""{"observation":{"observedAt":"2024-01-01"}}""", "observation.observed_at", "write 2024-01-01T00:00:00Z")]
    [InlineData("""{"observation":{"observedAt":{}}}""", "observation.observed_at", "Here belongs a moment as text")]
    [InlineData("""{"observation":{"observedAt":1704067200}}""", "observation.observed_at", "Here belongs a moment as text")]
    [InlineData("""{"observation":{"observedAt":"2024-02-30T00:00:00Z"}}""", "observation.observed_at", "is no moment")]
    [InlineData("""{"observation":{"horizon":"1d"}}""", "observation.horizon", "is no duration")]
    [InlineData("""{"observation":{"revision":1.5}}""", "observation.revision", "is no whole number")]
    [InlineData("""{"observation":{"revision":9223372036854775808}}""", "observation.revision", "is not from")]
    [InlineData("""{"observation":{"source":"\ud800"}}""", "observation.source", "stands for no character")]
    [InlineData("""{"backfill":"true"}""", "backfill", "Here belongs true or false, and not a text")]
    [InlineData("""{"backfill":1}""", "backfill", "Here belongs true or false")]
    public async Task Record_ValueOfAnotherType_IsRefusedByName(string body, string field, string message)
    {
        var violation = await RefusedAsync(body, ErrorReason.InvalidField);

        Assert.Equal(field, violation.Field);
        Assert.Contains(message, violation.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("\"-Infinity\"")]
    [InlineData("1e999")]
    [InlineData("\"1e999\"")]
    public async Task Record_NumberThatIsNotFinite_IsRefusedByName(string value) =>
        Assert.Equal(
            "observation.value",
            (await RefusedAsync($$$"""{"observation":{"value":{{{value}}}}}""", ErrorReason.ValueNotFinite)).Field
        );

    [Theory]
    [InlineData("", "The body is empty")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("{\"observation\":", "from line 1, at byte 16 on")]
    [InlineData("{\n\"backfill\":tru}", "from line 2, at byte 15 on")]
    [InlineData("{} {}", "The body is no JSON")]
    [InlineData("{\"backfill\":true,}", "The body is no JSON")]
    public async Task Record_BodyThatIsNoJson_IsRefusedWithItsPlace(string body, string message) =>
        Assert.Contains(message, (await RefusedAsync(body, ErrorReason.MalformedRequest)).Description, StringComparison.Ordinal);

    [Fact]
    public async Task Record_BodyThatIsNotUtf8_IsRefusedWithItsByte()
    {
        byte[] body = [.. "{\"observation\":{\"source\":\""u8, 0xff, .. "\"}}"u8];

        var (code, error, answer) = await server.SendAsync("POST", Record, body, "application/json");

        using var _ = answer;
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains("byte 27 belongs to no character", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"observation\":")]
    [InlineData("{\"a\":")]
    public async Task Record_BodyNestedWithoutEnd_IsRefusedForItsDepth(string part)
    {
        var body = "{\"observation\":{\"x\":" + string.Concat(Enumerable.Repeat(part, 4_000));

        var (code, error, answer) = await server.SendAsync("POST", Record, body);

        using var _ = answer;
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains("nested too deep", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_BodyLargerThanAMessageMayBe_IsRefusedAsOverGrpc()
    {
        var (code, error, answer) = await server.SendAsync(
            "POST",
            Record,
            $$$"""{"observation":{"source":"{{{new string('x', SmallServer.MostBytes)}}}"}}"""
        );

        using var _ = answer;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, code);
        Assert.Equal(Fault.NameOf(ErrorReason.MessageTooLarge), error!.GetDetail<ErrorInfo>().Reason);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Record_BodyOfAnotherType_IsRefusedByName(string type)
    {
        var (code, error, answer) = await server.SendAsync("POST", Record, "{}"u8.ToArray(), type);

        using var _ = answer;
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, code);
        Assert.Equal(Fault.NameOf(ErrorReason.UnsupportedMediaType), error!.GetDetail<ErrorInfo>().Reason);
        Assert.Equal("content-type", error.GetDetail<BadRequest>().FieldViolations.Single().Field);
    }

    [Fact]
    public async Task Record_SeveralFaults_AreNamedAtOnce()
    {
        var (_, error, answer) = await server.SendAsync(
            "POST",
            "/v1/observations:batch",
            """{"observations":[{"vlaue":1},null,{"value":"x"}],"backfil":true}"""
        );

        using var __ = answer;
        Assert.Equal(
            ["observations[0].vlaue", "observations[1]", "observations[2].value", "backfil"],
            error!.GetDetail<BadRequest>().FieldViolations.Select(violation => violation.Field)
        );
    }

    [Fact]
    public async Task Record_WithAByteOrderMark_IsTaken() =>
        Assert.True(
            (await server.ReadAsync<RecordObservationRequest>("POST", Record, "\uFEFF{\"observation\":{},\"backfill\":true}")).Backfill
        );

    [Fact]
    public async Task Record_Answer_HasItsLargeNumbersAsText()
    {
        var (_, _, answer) = await server.SendAsync("POST", Record, """{"observation":{}}""");

        using var _ = answer;
        Assert.Contains("\"revision\":\"9223372036854775807\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        server.Asked.Clear();
    }

    private async Task<BadRequest.Types.FieldViolation> RefusedAsync(string body, ErrorReason reason)
    {
        var (code, error, answer) = await server.SendAsync("POST", Record, Encoding.UTF8.GetBytes(body), "application/json");
        using (answer)
        {
            Assert.Equal(HttpStatusCode.BadRequest, code);
            Assert.Equal(Fault.NameOf(reason), error!.GetDetail<ErrorInfo>().Reason);
            Assert.Empty(server.Asked);
            return error.GetDetail<BadRequest>().FieldViolations.Single();
        }
    }
}
