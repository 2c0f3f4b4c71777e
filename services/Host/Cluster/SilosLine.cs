using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// Which silos the suite's processes form, who is suspected by whom, and whether a process that lives has none among them.
/// </summary>
/// <param name="table">Where the silos stand.</param>
/// <param name="processes">The processes that live.</param>
internal sealed class SilosLine(IMembershipTable table, LiveProcesses processes) : IStatusSource
{
    public string Name => "silos";

    public Heading Heading => Heading.Path;

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var silos = (await table.ReadAllAsync(cancellationToken)).Members.Select(row => row.Item1).ToList();
        var active = silos.Where(silo => silo.Status == SiloStatus.Active).ToList();
        var live = await processes.ListAsync(cancellationToken);
        List<StatusLine> lines = [Joined(active, live.Count)];
        foreach (var silo in active.Where(silo => silo.SuspectTimes is { Count: > 0 }))
        {
            lines.Add(
                new()
                {
                    Subject = "silos",
                    Health = Health.Attention,
                    Text =
                        $"{Of(silo)} does not answer "
                        + $"{string.Join(", ", silo.SuspectTimes!.Select(vote => vote.Item1.Endpoint).Distinct())}.",
                    Action =
                        "None at once: where it goes on so, it is given up within seconds, and others take its work over. Then see why: "
                        + "its process, or the way to its --cluster.",
                }
            );
        }

        return new(lines);
    }

    private static StatusLine Joined(List<MembershipEntry> active, int processes)
    {
        var text =
            $"{active.Count} of {processes} processes form the cluster: "
            + $"{string.Join("; ", active.OrderBy(Of, StringComparer.Ordinal).Select(Of))}.";
        return active.Count >= processes
            ? new()
            {
                Subject = "silos",
                Health = Health.Ok,
                Text = text,
            }
            : new()
            {
                Subject = "silos",
                Health = Health.Attention,
                Text = text,
                Action =
                    "A process that has just started joins within seconds. Otherwise see its log, and that every process reaches its "
                    + "--cluster.",
            };
    }

    private static string Of(MembershipEntry silo) => $"{silo.SiloName.Split(' ')[0]} at {silo.SiloAddress.Endpoint}";
}
