using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>Makes one list of what several processes of a suite say of it. Pure.</summary>
internal static class StatusMerge
{
    /// <summary>
    /// Merges. What all see alike is taken from the one that sees it worst; what each says of itself stands once for all that say the same,
    /// with their addresses unless it is every one that speaks of it.
    /// </summary>
    /// <param name="said">What each process says, the one first whose words are taken where all are alike.</param>
    public static IReadOnlyList<StatusLine> Of(IReadOnlyList<IReadOnlyList<StatusLine>> said)
    {
        List<StatusLine> merged = [];
        foreach (var subject in said.SelectMany(lines => lines).Select(line => line.Subject).Distinct())
        {
            merged.AddRange(
                OfSuite([.. said.Select(lines => lines.Where(line => line.Subject == subject && line.Processes.Count == 0).ToList())])
            );
            merged.AddRange(
                OfProcesses([.. said.SelectMany(lines => lines).Where(line => line.Subject == subject && line.Processes.Count > 0)])
            );
        }

        return merged;
    }

    // A line that is not known to one, which then tells of itself, may be known to another.
    private static List<StatusLine> OfSuite(IReadOnlyList<List<StatusLine>> said) =>
        said.Where(lines => lines.Count > 0).MaxBy(lines => lines.Max(line => line.Health)) ?? [];

    private static IEnumerable<StatusLine> OfProcesses(List<StatusLine> lines)
    {
        var speakers = lines.SelectMany(line => line.Processes).Distinct().Count();
        foreach (var alike in lines.GroupBy(line => (line.Health, line.Text, line.Action, line.Heading)))
        {
            var line = alike.First().Clone();
            string[] processes = [.. alike.SelectMany(one => one.Processes).Distinct().Order(StringComparer.Ordinal)];
            line.Processes.Clear();
            if (processes.Length < speakers || speakers == 1)
            {
                line.Processes.Add(processes);
            }

            yield return line;
        }
    }
}
