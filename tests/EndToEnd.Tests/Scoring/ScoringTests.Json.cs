using System.Net;
using System.Text;
using System.Text.Json;

namespace EarlyWarning.EndToEnd.Tests.Scoring;

/// <content>The same by JSON.</content>
public sealed partial class ScoringTests
{
    [Fact]
    public async Task Json_ConstructsIndicesStreamsBacktestsAndRefusesWithTheField()
    {
        using var http = new HttpClient { BaseAddress = suite.Suite.Http };
        const string Framework = """
            {"bands":[{"level":"low","lowerBound":0}],"composite":{"root":{"code":"index","children":[
              {"leaf":{"indicator":"a","direction":"DIRECTION_INCREASING","normalisation":{"minMax":{}}}}]},
             "referenceSet":{"units":[{"code":"x"},{"code":"y"},{"code":"z"}],"columns":[{"indicator":"a","values":[1,2,4]}]}}}
            """;
        using var constructed = await PostAsync(
            http,
            "constructIndex",
            "{\"framework\":{\"definition\":" + Framework + ",\"indicators\":[{\"code\":\"a\"}]}}"
        );
        var index = JsonDocument.Parse(await constructed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(
            [0, 100 / 3.0, 100],
            index.GetProperty("nodes")[0].GetProperty("scores").EnumerateArray().Select(score => Math.Round(score.GetDouble(), 9)),
            (a, b) => Math.Abs(a - b) < 1e-6
        );

        using var tested = await PostAsync(
            http,
            "backtest",
            $$$$"""
            {"rule":{"topRank":1,"scores":{"framework":{"name":"{{{{ScoringSuite.Framework}}}}"},
             "window":{"from":"2010-12-31T00:00:00Z","until":"2021-12-31T00:00:00Z"}}},"outcome":{"indicator":"small.coup"}}
            """
        );
        var lines = (await tested.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.Equal(HttpStatusCode.OK, tested.StatusCode);
        Assert.True(
            JsonDocument.Parse(lines[^1]).RootElement.GetProperty("result").GetProperty("summary").GetProperty("warnings").GetInt32() > 0,
            lines[^1]
        );

        using var refused = await PostAsync(
            http,
            "scoreUnits",
            """{"framework":{"name":"frameworks/small"},"units":[{"code":"u","values":[{"indicator":"none","value":1}]}]}"""
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var body = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("units[0].values[0].indicator", body, StringComparison.Ordinal);
        Assert.Contains("UNKNOWN_INDICATOR", body, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string verb, string json) =>
        http.PostAsync(
            new Uri($"/v1/scoring:{verb}", UriKind.Relative),
            new StringContent(json, Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );
}
