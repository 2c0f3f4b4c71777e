using System.Data.Common;
using System.Globalization;

namespace EarlyWarning.Host.Cluster;

/// <summary>How a silo's entry stands in the table <c>silo</c>.</summary>
internal static class SiloRow
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    public const string Columns = "s.address, s.version, s.status, s.name, s.host, s.proxy, s.suspects, s.started, s.alive";

    private const char Between = ' ';
    private const char Since = '|';

    /// <summary>Gives an entry's values, from its status to its last sign of life.</summary>
    public static object[] Values(MembershipEntry entry) =>
        [
            (long)entry.Status,
            entry.SiloName ?? "",
            entry.HostName ?? "",
            (long)entry.ProxyPort,
            Suspects(entry.SuspectTimes),
            entry.StartTime.Ticks,
            entry.IAmAliveTime.Ticks,
        ];

    /// <summary>Reads the columns from one on: the entry, and the version of the table that it was written with.</summary>
    public static Tuple<MembershipEntry, string> Read(DbDataReader row, int first) =>
        Tuple.Create(
            new MembershipEntry
            {
                SiloAddress = SiloAddress.FromParsableString(row.GetString(first)),
                Status = (SiloStatus)row.GetInt64(first + 2),
                SiloName = row.GetString(first + 3),
                HostName = row.GetString(first + 4),
                ProxyPort = (int)row.GetInt64(first + 5),
                SuspectTimes = Suspects(row.GetString(first + 6)),
                StartTime = Time(row.GetInt64(first + 7)),
                IAmAliveTime = Time(row.GetInt64(first + 8)),
            },
            row.GetInt64(first + 1).ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>Gives the last moment at which anything is known to have been written of a silo.</summary>
    public static DateTime Last(MembershipEntry entry) =>
        (entry.SuspectTimes ?? []).Select(vote => vote.Item2).Append(entry.StartTime).Append(entry.IAmAliveTime).Max();

    private static string Suspects(List<Tuple<SiloAddress, DateTime>>? votes) =>
        string.Join(
            Between,
            (votes ?? []).Select(vote =>
                string.Create(CultureInfo.InvariantCulture, $"{vote.Item1.ToParsableString()}{Since}{vote.Item2.Ticks}")
            )
        );

    private static List<Tuple<SiloAddress, DateTime>> Suspects(string votes) =>
        [
            .. votes
                .Split(Between, StringSplitOptions.RemoveEmptyEntries)
                .Select(vote => vote.Split(Since))
                .Select(vote =>
                    Tuple.Create(SiloAddress.FromParsableString(vote[0]), Time(long.Parse(vote[1], CultureInfo.InvariantCulture)))
                ),
        ];

    private static DateTime Time(long ticks) => new(ticks, DateTimeKind.Utc);
}
