using EarlyWarning.Host.Cluster;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <content>Machines whose clocks are wrong, or are set.</content>
public abstract partial class StoreMembershipTests
{
    /// <summary>
    /// The clock of one machine is three days behind, that of another two years ahead, and that of a third was set while its silo ran: who
    /// has just shown himself counts for each, by whichever clock it looks, and who has not does not.
    /// </summary>
    private async Task Read_ByAnotherMachinesClock_CountsOrNotAsByTheStores()
    {
        if (_postgres is null)
        {
            return; // A file is one machine's.
        }

        foreach (var (wall, steady) in new[] { (-72, -72), (17_520, 17_520), (-8, 0), (8, 0) })
        {
            MovedTime system = new(TimeProvider.System) { Moved = TimeSpan.FromHours(wall) };
            MovedTime membership = new(TimeProvider.System) { Moved = TimeSpan.FromHours(steady) };
            StoreMembership other = new(_store.Store, new Silo(Address()), new(system, membership));
            await other.InitializeMembershipTable(true);
            var young = Entry(SiloStatus.Active, system.GetUtcNow().UtcDateTime);
            young.SuspectTimes = [Tuple.Create(Address(), system.GetUtcNow().UtcDateTime)];
            Assert.True(await other.InsertRow(young, (await other.ReadAll()).Version.Next()));
            await other.UpdateIAmAlive(new() { SiloAddress = young.SiloAddress, IAmAliveTime = system.GetUtcNow().UtcDateTime });
            var old = await InsertAsync(Entry(SiloStatus.Active, Now().AddMinutes(-2)));

            Counts((await ReadAsync(young)).Item1, Now(), true);
            Counts((await ReadAsync(old)).Item1, Now(), false);
            var read = await other.ReadAll();
            foreach (var clock in new[] { system, membership })
            {
                Counts(read.TryGet(young.SiloAddress)!.Item1, clock.GetUtcNow().UtcDateTime, true);
                Counts(read.TryGet(old.SiloAddress)!.Item1, clock.GetUtcNow().UtcDateTime, false);
            }

            // A vote that was read is written again with the next one, and stays of its moment.
            var (again, etag) = read.TryGet(young.SiloAddress)!;
            Assert.True(await other.UpdateRow(again, etag, read.Version.Next()));
            Counts((await ReadAsync(young)).Item1, Now(), true);
        }

        static void Counts(MembershipEntry read, DateTime now, bool counts) =>
            Assert.All([read.IAmAliveTime, .. read.SuspectTimes!.Select(vote => vote.Item2)], at =>
                Assert.Equal(counts, now - at <= SuiteSilo.VoteCounts)
            );
    }

    private async Task Generation_ClockWasAheadAndIsBack_IsHigherThanAnyBefore()
    {
        var first = await TakeAsync(TimeSpan.Zero);
        var ahead = await TakeAsync(TimeSpan.FromDays(730));
        var back = await TakeAsync(TimeSpan.FromHours(-8));
        var again = await TakeAsync(TimeSpan.Zero);

        Assert.Equal([first, ahead, back, again], new[] { first, ahead, back, again }.Order().Distinct());
        Assert.True(_postgres is null || again - first < 3_600, "only the store's clock counts, where it has one");
    }

    private async Task<int> TakeAsync(TimeSpan moved)
    {
        SiloGeneration generation = new(_store.Store, new MovedTime(TimeProvider.System) { Moved = moved });
        await generation.TakeAsync(TestContext.Current.CancellationToken);
        return generation.Value;
    }
}
