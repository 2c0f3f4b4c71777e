using System.Data.Common;
using System.Globalization;

namespace EarlyWarning.Host.Cluster;

/// <summary>How a silo's entry stands in the table <c>silo</c>: its moments by the store's clock, which all processes share.</summary>
internal static class SiloRow
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    public const string Columns = "s.address, s.version, s.status, s.name, s.host, s.proxy, s.suspects, s.started, s.alive";

    private const char Between = ' ';
    private const char Since = '|';

    /// <summary>Gives an entry's values, from its status to its last sign of life.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="clocks">Say what its moments are by the store's clock.</param>
    public static object[] Values(MembershipEntry entry, SiloClocks clocks) =>
        [
            (long)entry.Status,
            entry.SiloName ?? "",
            entry.HostName ?? "",
            (long)entry.ProxyPort,
            Suspects(entry.SuspectTimes, clocks),
            clocks.ToStore(entry.StartTime),
            clocks.ToStore(entry.IAmAliveTime),
        ];

    /// <summary>Reads the columns from one on: the entry, and the version of the table that it was written with.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The first of the columns.</param>
    /// <param name="clocks">Say what its moments are by this machine's.</param>
    public static Tuple<MembershipEntry, string> Read(DbDataReader row, int first, SiloClocks clocks) =>
        Tuple.Create(
            new MembershipEntry
            {
                SiloAddress = SiloAddress.FromParsableString(row.GetString(first)),
                Status = (SiloStatus)row.GetInt64(first + 2),
                SiloName = row.GetString(first + 3),
                HostName = row.GetString(first + 4),
                ProxyPort = (int)row.GetInt64(first + 5),
                SuspectTimes = Suspects(row.GetString(first + 6), clocks),
                StartTime = clocks.FromStore(row.GetInt64(first + 7), SuiteSilo.AliveCounts),
                IAmAliveTime = clocks.FromStore(row.GetInt64(first + 8), SuiteSilo.AliveCounts),
            },
            row.GetInt64(first + 1).ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>Gives the last moment, by the store's clock, at which anything is known to have been written of a silo.</summary>
    public static long Last(MembershipEntry entry, SiloClocks clocks) =>
        (entry.SuspectTimes ?? []).Select(vote => vote.Item2).Append(entry.StartTime).Append(entry.IAmAliveTime).Max(clocks.ToStore);

    private static string Suspects(List<Tuple<SiloAddress, DateTime>>? votes, SiloClocks clocks) =>
        string.Join(
            Between,
            (votes ?? []).Select(vote =>
                string.Create(CultureInfo.InvariantCulture, $"{vote.Item1.ToParsableString()}{Since}{clocks.ToStore(vote.Item2)}")
            )
        );

    private static List<Tuple<SiloAddress, DateTime>> Suspects(string votes, SiloClocks clocks) =>
        [
            .. votes
                .Split(Between, StringSplitOptions.RemoveEmptyEntries)
                .Select(vote => vote.Split(Since))
                .Select(vote =>
                    Tuple.Create(
                        SiloAddress.FromParsableString(vote[0]),
                        clocks.FromStore(long.Parse(vote[1], CultureInfo.InvariantCulture), SuiteSilo.VoteCounts)
                    )
                ),
        ];
}
