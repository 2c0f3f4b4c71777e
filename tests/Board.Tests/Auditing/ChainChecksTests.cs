using EarlyWarning.Board.Auditing;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Board.Tests.Auditing;

public sealed class ChainChecksTests
{
    private readonly FakeTimeProvider _time = new(Known.Now);
    private readonly AnsweringCalls _calls = new();

    [Fact]
    public async Task Get_ByManyWithinAMinute_ChecksOnce_AndSaysWhen()
    {
        ChainChecks checks = new(new SuiteClient(_calls), _time);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync(checks)));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(Known.Now, (await GetAsync(checks)).At);
        Assert.Single(_calls.Asked);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Known.Now.AddMinutes(1), (await GetAsync(checks)).At);
        Assert.Equal(2, _calls.Asked.Count);
    }

    [Fact]
    public async Task Get_AfterACheckThatFailed_ChecksAgain()
    {
        var fails = true;
        _calls.With("VerifyAudit", () =>
            fails ? throw new RpcException(new(StatusCode.Unavailable, "The suite is away.")) : new VerifyAuditResponse { Whole = true }
        );
        ChainChecks checks = new(new SuiteClient(_calls), _time);
        await Assert.ThrowsAsync<RpcException>(() => GetAsync(checks));

        fails = false;

        Assert.True((await GetAsync(checks)).Answer.Whole);
    }

    private static Task<(VerifyAuditResponse Answer, DateTimeOffset At)> GetAsync(ChainChecks checks) =>
        checks.GetAsync(Viewer.Anybody, TestContext.Current.CancellationToken);
}
