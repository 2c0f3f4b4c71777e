using EarlyWarning.Cli.Commands;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Spectre.Console;

namespace EarlyWarning.Cli.Importing;

/// <summary>What is imported and how.</summary>
internal sealed record ImportRequest(string File, Mapping Mapping, bool Backfill, bool DryRun, string? Rejects, TimeSpan Patience, bool CreateIndicators)
{
    /// <summary>In a dry run, read the values and no more: the suite cannot check them yet.</summary>
    public bool ReadsOnly { get; init; }
}

/// <summary>Imports a file.</summary>
internal static class Import
{
    public static async Task<int> RunAsync(Session session, ImportRequest request, CancellationToken cancellation)
    {
        using var csv = CsvSource.Open(request.File, request.Mapping.Delimiter);
        var countries = new CountryKeys(request.Mapping.Country, await CountriesCommand.AllAsync(session.Suite, cancellation));
        ILayout layout = request.Mapping.Layout == Mapping.WideLayout
            ? new WideLayout(request.Mapping, csv.Columns, countries)
            : new LongLayout(request.Mapping, csv.Columns, countries);
        var created = request.CreateIndicators && layout is WideLayout wide
            ? await NewIndicators.CreateAsync(
                session.Suite, wide, request.Mapping.Source ?? Path.GetFileName(request.File), request.Mapping.Indicators, request.DryRun, cancellation)
            : [];
        var limits = (await session.Suite.Server.GetServerInfoAsync(new(), cancellationToken: cancellation)).Limits ?? new Limits();
        if (created.Count > 0)
        {
            session.Print.Note(request.DryRun
                ? $"ew: {created.Count} indicators would be created, so the suite cannot check their values yet; they were read, and no more."
                : $"ew: {created.Count} indicators created: {string.Join(", ", created)}");
        }

        using var rejects = request.Rejects is { } path ? new RejectsFile(path, csv.Columns.Names) : null;
        var tally = new Tally(rejects);
        var started = session.Terminal.Time.GetTimestamp();
        var isWhole = false;
        try
        {
            await WithProgressAsync(session, csv, tally, async report =>
            {
                var items = Reported(csv.ReadAsync(layout, tally, cancellation), report);
                var batches = Batches.CutAsync(items, limits, cancellation);
                await (request.DryRun && (request.ReadsOnly || created.Count > 0) ? DryRun.ReadAsync(batches, tally)
                    : request.DryRun ? DryRun.SendAsync(session, batches, request.Backfill, tally, cancellation)
                    : new StreamSender(session, limits, request.Backfill, request.Patience, tally).SendAsync(batches, cancellation));
            });
            isWhole = true;
        }
        finally
        {
            // Also where it broke off: what was recorded stays recorded.
            if (!isWhole)
            {
                session.Print.Note("ew: the import broke off. What was recorded stays; the same command again goes over it without recording it twice.");
            }

            Summary.Print(session.Print, tally, request.DryRun, session.Terminal.Time.GetElapsedTime(started));
        }

        return tally.Rejected > 0 ? ExitCode.RowsRejected : ExitCode.Ok;
    }

    private static async IAsyncEnumerable<Item> Reported(IAsyncEnumerable<Item> items, Action report)
    {
        const int Every = 1000;
        var count = 0;
        await foreach (var item in items)
        {
            if (count++ % Every == 0)
            {
                report();
            }

            yield return item;
        }

        report();
    }

    private static Task WithProgressAsync(Session session, CsvSource csv, Tally tally, Func<Action, Task> work)
    {
        if (!session.Print.ShowsProgress)
        {
            return work(() => { });
        }

        return new Progress(session.Print.Notes)
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("importing", maxValue: 1);
                await work(() =>
                {
                    bar.Value = csv.Share;
                    bar.Description = $"{Wording.Count(tally.Answered)} answered, {Wording.Count(tally.Rejected)} rejected";
                });
            });
    }
}
