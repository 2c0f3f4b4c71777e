using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Countries;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Board.Tests.Countries;

public sealed class CountryFilesTests
{
    private static readonly CountryQuestion s_question = new("AAA", "f", "", "month", "day", null, WithWarnings: false);
    private readonly FakeTimeProvider _time = new(Known.Now);
    private readonly AnsweringCalls _calls = new();

    public CountryFilesTests() =>
        _calls
            .With("ExplainCountryRisk", () => new ExplainCountryRiskResponse { Risk = Known.Risk("AAA", 50, order: 1) })
            .With("GetCountryRisk", () => new GetCountryRiskResponse { Risk = Known.Risk("AAA", 50, order: 1) });

    private int Readings => _calls.Asked.Count(one => one.Rpc == "ExplainCountryRisk");

    [Fact]
    public async Task Get_ByManyWhoLookAtOneCountry_ReadsItOnce()
    {
        var files = Files();

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync(files, mark: 1)));

        Assert.Equal(1, Readings);
        Assert.Single(all.Distinct());
    }

    [Fact]
    public async Task Get_OfACountryThatChangesAllTheTime_ReadsItOnceASecond_WithAllThatWasHeardMeanwhile()
    {
        var files = Files();
        await GetAsync(files, mark: 1);

        var later = Enumerable.Range(2, 20).Select(mark => GetAsync(files, mark)).ToList();
        Assert.DoesNotContain(later, one => one.IsCompleted);
        await AdvanceUntilAsync(later);

        Assert.Equal(2, Readings);
    }

    [Fact]
    public async Task Get_BegunBySomebodyWhoMayAskNoLonger_IsAnsweredToOthers()
    {
        var refused = true;
        using ManualResetEventSlim both = new();
        _calls.With("ExplainCountryRisk", () =>
        {
            both.Wait();
            var was = refused;
            refused = false;
            return was
                ? throw new RpcException(new(StatusCode.Unauthenticated, "The session is over."))
                : new ExplainCountryRiskResponse { Risk = Known.Risk("AAA", 50, order: 1) };
        });
        var files = Files();
        var own = GetAsync(files, mark: 1);
        var other = GetAsync(files, mark: 1);
        both.Set();

        await Assert.ThrowsAsync<RpcException>(() => own);
        Assert.Equal(50, (await other).Risk.Score);
    }

    private CountryFiles Files()
    {
        SuiteClient suite = new(_calls);
        return new(suite, new(suite, _time), _time);
    }

    private static Task<CountryFile> GetAsync(CountryFiles files, long mark) =>
        files.GetAsync(s_question, Known.Framework, mark, Viewer.Anybody, TestContext.Current.CancellationToken);

    // Until what waits has armed its timer, there is nothing that an advance would set off.
    private async Task AdvanceUntilAsync(List<Task<CountryFile>> waiting)
    {
        while (!waiting.TrueForAll(one => one.IsCompleted))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Task.WhenAll(waiting);
    }
}
