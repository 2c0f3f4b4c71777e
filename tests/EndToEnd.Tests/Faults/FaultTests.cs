using EarlyWarning.EndToEnd.Tests.Durability;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Faults;

/// <summary>
/// Everything that can fail in a suite of several processes, one after the other and each under load: what was acknowledged is compared, by
/// id, with what is stored, and what had to be told with what was. <c>bash tests/faults.sh</c> runs it, some by a part of their names.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Indicators = 8;
    private const int CountriesEach = 4;

    /// <summary>Beyond the silos' membership time-out: the others have declared a silo dead that stood still for as long.</summary>
    private const int BeyondMembership = 20;
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(60);
    private readonly List<Partner> _all = [];

    [Fact]
    public async Task Fault_OfAnyProcessOrLinkUnderLoad_LosesNothing()
    {
        var asked = Environment.GetEnvironmentVariable("EW_TEST_FAULTS");
        Assert.SkipWhen(asked is null, "It takes a quarter of an hour: bash tests/faults.sh");
        Assert.SkipUnless(Networks.ArePossible, "It makes networks, which takes root and iproute2.");
        await using var suite = await FaultSuite.StartAsync();
        await Ledgers.DefineAsync(suite.Channel, Indicators);
        var countries = (await new RiskService.RiskServiceClient(suite.Channel).ListCountriesAsync(new() { PageSize = 250 }))
            .Countries.Where(country => country.Years.Count == 0 || country.Years.Any(span => !span.HasLastYear))
            .Select(country => country.Code)
            .ToArray();
        output.WriteLine(FaultResult.Head);
        var n = 0;
        List<string> failed = [];
        var parts = asked!.Split(',', StringSplitOptions.TrimEntries);
        foreach (var fault in All(suite).Where(fault => parts.Any(part => fault.Name.Contains(part, StringComparison.OrdinalIgnoreCase))))
        {
            try
            {
                var result = await TryAsync(suite, fault, [.. countries.Skip(CountriesEach * n++).Take(CountriesEach)]);
                output.WriteLine(result.ToString());
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failed.Add($"{fault.Name}: {exception.Message}");
                var first = exception.Message.ReplaceLineEndings(" ");
                output.WriteLine($"| {fault.Name} | FAILED: {first[..Math.Min(first.Length, 300)]} |");
            }
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed) + "\n" + suite.Output);
    }

    private static IEnumerable<InjectedFault> All(FaultSuite suite)
    {
        string[] kinds = ["silo 1", "scoring", "notification 1", "escalation 1", "ledger and board", "sidecar", "sidecar 2"];
        foreach (var name in kinds)
        {
            yield return InjectedFault.Of($"kill -9, {name}", 8, () => suite[name].KillAsync(), () => StartAgainAsync(suite[name]));
        }

        foreach (var name in kinds)
        {
            yield return InjectedFault.Of(
                $"stand still, {name}",
                BeyondMembership,
                () => SignalAsync(suite[name], PostgresServer.Stop),
                () => WakeAsync(suite[name])
            );
        }

        yield return InjectedFault.Of(
            "rolling restart of all",
            1,
            () => Task.CompletedTask,
            async () =>
            {
                foreach (var name in suite.Names)
                {
                    Assert.Equal(0, await suite[name].StopAsync());
                    await StartAgainAsync(suite[name]);
                }
            }
        );
        yield return InjectedFault.Of("PostgreSQL stopped", 8, suite.Postgres.StopAsync, () => suite.Postgres.RestartAsync());
        yield return InjectedFault.Of("PostgreSQL killed", 3, suite.Postgres.KillAsync, () => suite.Postgres.RestartAsync());
        yield return InjectedFault.Of(
            "PostgreSQL stands still",
            12,
            () => Now(() => suite.Postgres.Signal(PostgresServer.Stop)),
            () => Now(() => suite.Postgres.Signal(PostgresServer.GoOn))
        );
        yield return InjectedFault.Of("Redis killed", 8, suite.Redis.KillAsync, suite.Redis.RunAsync);
        yield return InjectedFault.Of("Redis stands still", 8, suite.Redis.HangAsync, suite.Redis.GoOnAsync);
        yield return InjectedFault.Of("Redis flushed", 2, suite.Redis.FlushAsync, () => Task.CompletedTask);
        yield return InjectedFault.Of(
            "partition between two silos",
            BeyondMembership,
            () => BetweenAsync(suite, cut: true),
            () => BetweenAsync(suite, cut: false)
        );
        yield return InjectedFault.Of(
            "partition of a silo and PostgreSQL",
            BeyondMembership,
            () => suite.Networks.CutAsync(0, Networks.Store),
            () => suite.Networks.HealAsync(0, Networks.Store)
        );
    }

    private async Task<FaultResult> TryAsync(FaultSuite suite, InjectedFault fault, string[] countries)
    {
        var told = suite.Receiver.Count;
        var partners = countries.Select((country, i) => new Partner(suite.Channel.CreateCallInvoker(), country, i, Indicators)).ToArray();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(
            partners.Select(partner => Task.Run(() => partner.ReportAsync(stop.Token, s_pause), CancellationToken.None))
        );
        try
        {
            await Task.Delay(s_quiet);
            await fault.Begin();
            await Task.Delay(fault.Lasts);
            await fault.End();
            await Task.Delay(s_quiet);
        }
        finally
        {
            await stop.CancelAsync();
            _all.AddRange(partners);
            await load.WaitAsync(TimeSpan.FromMinutes(2));
        }

        var (observations, twice) = await Ledgers.CompareObservationsAsync(suite.Channel, partners, () => suite.Output);
        Assert.Equal(0, twice);

        // Of the faults before too: what was told then is at the receiver still.
        await Ledgers.CompareBreachesAsync(suite.Channel, [.. _all], suite.Receiver);
        var calls = suite.Receiver.Calls.Skip(told).ToList();
        var silence = partners.Max(partner => partner.Acknowledged.Zip(partner.Acknowledged.Skip(1), (one, next) => next - one).Max());
        return new(
            fault.Name,
            observations,
            partners.Sum(partner => partner.Resends),
            silence,
            partners.Sum(partner => NaiveFold.Of(partner.Ledger).Firings),
            partners.Select(partner => LongestWay(partner, calls)).Max(),
            calls.Count - calls.Select(call => call.Id).Distinct().Count()
        );
    }

    /// <summary>
    /// From the acknowledgement of the batch that fired to the first call that tells of it; the nth firing is the nth breach.
    /// </summary>
    private static TimeSpan LongestWay(Partner partner, List<WebhookCall> calls)
    {
        var fired = Enumerable
            .Range(0, partner.Ledger.Count)
            .Select(i => (At: partner.Acknowledged[i], NaiveFold.Of(partner.Ledger.Take(i + 1)).Firings))
            .GroupBy(state => state.Firings)
            .Where(firing => firing.Key > 0)
            .Select(firing => firing.First().At);
        var told = calls
            .Where(call => call.Breach.GetProperty("country").GetString() == partner.Country)
            .GroupBy(call => call.Breach.GetProperty("name").GetString())
            .OrderBy(breach => breach.First().Breach.GetProperty("fireTime").GetDateTimeOffset())
            .Select(breach => breach.Min(call => call.At));
        return fired.Zip(told, (from, to) => to - from).DefaultIfEmpty().Max();
    }

    private static async Task BetweenAsync(FaultSuite suite, bool cut)
    {
        foreach (var (from, to) in new[] { (0, 1), (1, 0) })
        {
            await (cut ? suite.Networks.CutAsync(from, Networks.Address(to)) : suite.Networks.HealAsync(from, Networks.Address(to)));
        }
    }

    private static async Task StartAgainAsync(SuiteProcess process)
    {
        if (process.HasExited)
        {
            Assert.True(await process.StartAsync(), process.Output);
        }
    }

    private static async Task WakeAsync(SuiteProcess process)
    {
        await SignalAsync(process, PostgresServer.GoOn);

        // One that was taken for dead ends itself, and whoever watches over it starts it again.
        try
        {
            await process.ExitAsync(TimeSpan.FromSeconds(15));
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await StartAgainAsync(process);
    }

    private static Task SignalAsync(SuiteProcess process, System.Runtime.InteropServices.PosixSignal signal) =>
        Now(() => PostgresServer.Signal(process.ProcessId, signal));

    private static Task Now(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
