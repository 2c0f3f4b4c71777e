using System.Net;
using System.Text;
using System.Text.Json;
using EarlyWarning.EndToEnd.Tests.RealInput;
using EarlyWarning.V1;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.EndToEnd.Tests.Scoring;

/// <summary>
/// Long calls of a real process that are left: by their caller, by JSON, and by the process itself, which is killed under them.
/// </summary>
public sealed class OperationTests : IAsyncLifetime
{
    private readonly ScoringSuite _suite = new();

    private OperationService.OperationServiceClient Operations => new(_suite.Suite.Channel);

    public ValueTask InitializeAsync() => _suite.InitializeAsync();

    public ValueTask DisposeAsync() => _suite.DisposeAsync();

    [Fact]
    public async Task Operation_WhoseProcessIsKilled_IsDoneAfterTheNextStart()
    {
        // By JSON, with a status, a list, a wait, an error and its details, and a verb that is none.
        using (var http = new HttpClient { BaseAddress = _suite.Suite.Http })
        {
            var refused = await PostAsync(
                http,
                "operations",
                $$$"""{"quantifyUncertainty":{"parent":"{{{ScoringSuite.Framework}}}","draws":5}}"""
            );
            var name = refused.GetProperty("operation").GetProperty("name").GetString()!;
            var waited = (await PostAsync(http, $"{name}:wait", """{"timeout":"30s"}""")).GetProperty("operation");
            Assert.Equal("STATE_FAILED", waited.GetProperty("state").GetString());
            Assert.Equal("INVALID_FIELD", waited.GetProperty("error").GetProperty("details")[0].GetProperty("reason").GetString());
            Assert.Equal(
                "1",
                (await GetAsync(http, "operations?states=STATE_FAILED&methods=METHOD_QUANTIFY_UNCERTAINTY"))
                    .GetProperty("totalSize")
                    .GetString()
            );
            using var other = await http.GetAsync(new Uri($"/v1/{name}:other", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
            Assert.Contains(
                "UNKNOWN_PATH",
                await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }

        // By `ew`, which leaves it; another one waits behind it.
        var large = (
            await EwProcess.RunAsync(
                _suite.Suite,
                "sensitivity",
                "--framework",
                "small",
                "--detailed",
                "--weight-noise",
                "0.5",
                "--base-draws",
                "100000",
                "--method",
                "aggregation=median",
                "--method",
                "aggregation=maximum",
                "--detach"
            )
        ).Out.Trim();
        var small = (
            await Operations.StartOperationAsync(
                new()
                {
                    RequestId = "small",
                    QuantifyUncertainty = new() { Parent = ScoringSuite.Framework, Draws = 1_000 },
                }
            )
        ).Operation.Name;
        await Eventually.HoldsAsync(
            async () => (await Operations.GetOperationAsync(new() { Name = large })).Operation is { State: State.Running, Progress: > 0 },
            "it runs"
        );
        await _suite.Suite.KillAsync();
        Assert.True(await _suite.Suite.StartAsync(), _suite.Suite.Output);

        var ended = await EndOfAsync(large);
        Assert.Equal((State.Succeeded, 2), (ended.State, ended.Attempts));
        Assert.NotEmpty(ended.Result.AnalyseSensitivity.Indices);
        Assert.Equal((State.Succeeded, 1), (await EndOfAsync(small)) is var next ? (next.State, next.Attempts) : default);
        Assert.Equal(small, (
                await Operations.StartOperationAsync(
                    new()
                    {
                        RequestId = "small",
                        QuantifyUncertainty = new() { Parent = ScoringSuite.Framework, Draws = 1_000 },
                    }
                )
            ).Operation.Name);
        Assert.Contains("weights", (await EwProcess.RunAsync(_suite.Suite, "operation", large, "--wait")).Out, StringComparison.Ordinal);
        Assert.Equal(
            24,
            (await new ServerService.ServerServiceClient(_suite.Suite.Channel).GetServerInfoAsync(new()))
                .Limits.OperationRetention.ToTimeSpan()
                .TotalHours
        );
        await _suite.Suite.CheckAsync();
    }

    private async Task<Operation> EndOfAsync(string name) =>
        await Eventually.GetAsync(
            async () => (await Operations.WaitOperationAsync(new() { Name = name })).Operation,
            operation => operation.EndTime is not null,
            $"{name} has ended"
        );

    private static async Task<JsonElement> GetAsync(HttpClient http, string path) =>
        JsonDocument
            .Parse(await http.GetStringAsync(new Uri($"/v1/{path}", UriKind.Relative), TestContext.Current.CancellationToken))
            .RootElement;

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"/v1/{path}", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
