using EarlyWarning.Catalogue.Copies;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Indicators.Loading;

/// <summary>Tells operators how the catalogue stands and which files were refused.</summary>
internal sealed class CatalogueStatus(SiloCatalogue catalogue, FrameworkLoader loader) : IStatusSource
{
    private static readonly Gauge s_faults = new("earlywarning.catalogue.faults", "{fault}", "Faults in the files of frameworks.");
    private static readonly Gauge s_refused = new(
        "earlywarning.catalogue.refused",
        "{framework}",
        "Frameworks that this build does not score."
    );

    public string Name => "catalogue";

    public V1.Heading Heading => V1.Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_faults, s_refused];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var snapshot = catalogue.Current;
        var refused = catalogue.State.Frameworks.Keys.Where(id => !snapshot.Frameworks.ContainsKey(id)).ToList();
        var line = new V1.StatusLine
        {
            Subject = "catalogue",
            Health = V1.Health.Ok,
            Text =
                $"Indicators: {snapshot.Indicators.Count}; frameworks: {snapshot.Frameworks.Count}; thresholds: "
                + $"{snapshot.Thresholds.Count}. Revision {snapshot.Revision}.",
        };
        if (loader.PassedOver.Count > 0)
        {
            line.Text += $" Files passed over, because their framework was retired: {string.Join(", ", loader.PassedOver)}.";
        }

        if (!loader.Done)
        {
            (line.Health, line.Action) = (
                V1.Health.Attention,
                "Wait: the framework files are being loaded. If it lasts, look at the store."
            );
        }
        else if (loader.Faults.Count > 0)
        {
            line.Health = V1.Health.Attention;
            line.Text += $" {loader.Faults.Count} faults in framework files, the first: {loader.Faults[0]}";
            line.Action = "Put the file right and start again; the log names every fault.";
        }

        if (refused.Count > 0)
        {
            line.Health = V1.Health.Failing;
            line.Text += $" Not scored, because this build refuses their definition: {string.Join(", ", refused)}.";
            line.Action = "Create a further version of each that this build accepts.";
        }

        return Task.FromResult<StatusReport>(
            new([line], [.. s_faults.Known(loader.Done ? loader.Faults.Count : null), s_refused.Is(refused.Count)])
        );
    }
}
