using System.Collections.Concurrent;
using System.Text;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>A real suite that is killed amid writes under ids, all of which are sent again.</summary>
public sealed class RequestIdTests
{
    private const int Writes = 40;
    private const int AnsweredBeforeTheKill = 12;

    [Fact]
    public async Task Writes_SentAgainUnderTheirIdsAfterAKill_HaveOneEffectEachAndOneAnswer()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await Definitions.DefineOneAsync(suite.Channel);
        var before = (await Thresholds(suite).GetThresholdAsync(new() { Name = Edit(0).Threshold.Name })).Threshold.Revision;
        var unarmed = await Server(suite).UnarmSuiteAsync(new() { Reason = "First load.", RequestId = "unarm" });
        var armed = await Server(suite).ArmSuiteAsync(new() { Etag = unarmed.Etag, RequestId = "arm" });

        var answered = new ConcurrentDictionary<int, UpdateThresholdResponse>();
        var sending = Enumerable
            .Range(1, Writes)
            .Select(async number =>
            {
                await Task.Yield();
                try
                {
                    answered[number] = await Thresholds(suite).UpdateThresholdAsync(Edit(number));
                }
                catch (RpcException)
                {
                    // The process was killed.
                }
            })
            .ToList();
        await Eventually.HoldsAsync(() => answered.Count >= AnsweredBeforeTheKill, "some writes are answered");
        await suite.KillAsync();
        await Task.WhenAll(sending);

        Assert.True(await suite.StartAsync(), suite.Output);
        var (second, third) = (await SendAllAsync(suite), await SendAllAsync(suite));

        Assert.Equal(second, third);
        Assert.All(answered, first => Assert.Equal(first.Value, second[first.Key - 1]));
        Assert.Equal(
            Enumerable.Range(1, Writes).Select(number => before + number),
            second.Select(answer => answer.Threshold.Revision).Order()
        );

        Assert.Equal(second[0], await SendAsJsonAsync(suite, Edit(1)));
        Assert.Equal(unarmed, await Server(suite).UnarmSuiteAsync(new() { Reason = "First load.", RequestId = "unarm" }));
        Assert.Equal(armed, await Server(suite).ArmSuiteAsync(new() { Etag = unarmed.Etag, RequestId = "arm" }));
        using var status = Server(suite).GetStatusAsync(new());
        Assert.Null((await status.ResponseHeadersAsync).GetValue("ew-unarmed"));

        var other = await Assert.ThrowsAsync<RpcException>(async () =>
            await Thresholds(suite).UpdateThresholdAsync(new(Edit(2)) { RequestId = Edit(1).RequestId })
        );
        Assert.Equal(
            (StatusCode.AlreadyExists, "REQUEST_ID_REUSED"),
            (other.StatusCode, other.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason)
        );
        await suite.CheckAsync();
    }

    private static Task<UpdateThresholdResponse[]> SendAllAsync(SuiteProcess suite) =>
        Task.WhenAll(Enumerable.Range(1, Writes).Select(async number => await Thresholds(suite).UpdateThresholdAsync(Edit(number))));

    private static async Task<UpdateThresholdResponse> SendAsJsonAsync(SuiteProcess suite, UpdateThresholdRequest request)
    {
        using HttpClient http = new() { BaseAddress = suite.Http };
        using StringContent body = new(JsonFormatter.Default.Format(request), Encoding.UTF8, "application/json");
        using var answer = await http.PutAsync(new Uri($"/v1/{request.Threshold.Name}", UriKind.Relative), body);
        return JsonParser.Default.Parse<UpdateThresholdResponse>(await answer.Content.ReadAsStringAsync());
    }

    private static ThresholdService.ThresholdServiceClient Thresholds(SuiteProcess suite) => new(suite.Channel);

    private static ServerService.ServerServiceClient Server(SuiteProcess suite) => new(suite.Channel);

    private static UpdateThresholdRequest Edit(int number) =>
        new()
        {
            Threshold = new()
            {
                Name = "thresholds/one-high",
                DisplayName = $"Edit {number}",
                Framework = Definitions.Framework,
                Condition = Condition.Above,
                Value = 70,
                Severity = Severity.Warning,
            },
            RequestId = $"edit-{number}",
        };
}
