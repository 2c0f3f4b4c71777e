using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Options;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Processes;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>Whether each service runs in some process of the suite, and all processes run one build.</summary>
internal sealed class ServicesLine(LiveProcesses processes) : IStatusSource
{
    private static readonly Gauge s_processes = new("earlywarning.suite.processes", "{process}", "Processes of the suite that live.");
    private static readonly Gauge s_missing = new(
        "earlywarning.suite.services.missing",
        "{service}",
        "Services that run in no process of the suite."
    );
    private static readonly Gauge s_differing = new(
        "earlywarning.suite.files.differing",
        "{file}",
        "Files of which the suite's processes go by different contents."
    );

    public string Name => "services";

    public Heading Heading => Heading.Path;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_processes, s_missing, s_differing];

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var live = await processes.ListAsync(cancellationToken);
        string[] missing = [.. ServiceNames.Services.Where(name => !live.Any(process => process.Services.Contains(name)))];
        string[] builds = [.. live.Select(process => process.Version).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        List<StatusLine> lines = [Services(live.Count, missing)];
        if (builds.Length > 1)
        {
            lines.Add(
                new()
                {
                    Subject = "builds",
                    Health = Health.Attention,
                    Text =
                        $"The processes run different builds: {string.Join("; ", builds.Select(build => $"{build} at {string.Join(", ", live
                    .Where(process => process.Version == build).Select(process => process.Peer))}"))}.",
                    Action = "Finish the change: start those of the older one anew with the newer.",
                }
            );
        }

        List<StatusLine> differing =
        [
            .. live.SelectMany(process => process.Files.Keys)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(file => Differing(file, live))
                .OfType<StatusLine>(),
        ];
        return new([.. lines, .. differing], [s_processes.Is(live.Count), s_missing.Is(missing.Length), s_differing.Is(differing.Count)]);
    }

    /// <summary>Says where processes go by different contents of one file.</summary>
    private static StatusLine? Differing(string file, IReadOnlyList<SuiteProcess> live)
    {
        var contents = live.Where(process => process.Files.ContainsKey(file))
            .ToLookup(process => process.Files[file], process => process.Peer);
        return contents.Count <= 1
            ? null
            : new()
            {
                Subject = "files",
                Health = Health.Attention,
                Text = $"The processes go by different contents of {file}: {string.Join("; ", Places(contents))}.",
                Action = $"Give all of them the same {file}: what is decided depends on which of them decides.",
            };
    }

    private static StatusLine Services(int processes, string[] missing) =>
        missing.Length == 0
            ? new()
            {
                Subject = "services",
                Health = Health.Ok,
                Text = $"Every service runs. Processes: {processes}.",
            }
            : new()
            {
                Subject = "services",
                Health = Health.Failing,
                Text = $"No process runs {string.Join(", ", missing)}. Processes: {processes}.",
                Action = $"Start a process with --services {string.Join(",", missing)}, and the suite's --store, --cluster and --peer.",
            };

    private static IEnumerable<string> Places(ILookup<string, string> contents) =>
        contents
            .OrderBy(content => content.Key, StringComparer.Ordinal)
            .Select(content => $"{content.Key} at {string.Join(", ", content)}");
}
