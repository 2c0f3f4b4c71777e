using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Store.Archiving;

/// <summary>Lets the archiver do a round at the start and each minute, and tells the metrics what the archive holds.</summary>
internal sealed class ArchivingService : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);
    private readonly JournalArchiver _archiver;
    private readonly TimeProvider _time;

    public ArchivingService(JournalArchiver archiver, SuiteStore store, IMeterFactory meters, TimeProvider time)
    {
        (_archiver, _time) = (archiver, time);
        var meter = meters.Create("EarlyWarning.Store");
        meter.CreateObservableGauge(
            "earlywarning.store.archive.entries", () => store.ArchiveStatus.Entries, description: "Entries of journals in the archive.");
        meter.CreateObservableGauge(
            "earlywarning.store.archive.size", () => store.ArchiveStatus.Bytes, "By", "What the archive's files take.");
        meter.CreateObservableGauge(
            "earlywarning.store.archive.faulty",
            () => store.ArchiveStatus.Fault.Length > 0 ? 1 : 0,
            description: "1 while the archive has a fault.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, _time);
        do
        {
            await _archiver.RoundAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
