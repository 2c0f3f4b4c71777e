using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Spectre.Console;

namespace EarlyWarning.Cli.Importing;

/// <summary>What is imported and how.</summary>
internal sealed record ImportRequest(
    string File,
    Mapping Mapping,
    bool Backfill,
    bool DryRun,
    string? Rejects,
    TimeSpan Patience,
    bool CreateIndicators
)
{
    /// <summary>In a dry run, read the values and no more: the suite cannot check them yet.</summary>
    public bool ReadsOnly { get; init; }
}

/// <summary>Imports a file: reads it whole once, to see what it says twice, and then again, to send it.</summary>
internal sealed class Import
{
    private readonly CommandContext _context;
    private readonly ImportRequest _request;
    private readonly CancellationToken _cancellation;
    private readonly ILayout _layout;
    private readonly RowFilter _filter;
    private readonly Columns _columns;
    private Action _report = () => { };
    private CsvSource? _open;

    private Import(
        CommandContext context,
        ImportRequest request,
        Columns columns,
        IReadOnlyCollection<Country> countries,
        CancellationToken cancellation
    )
    {
        (_context, _request, _columns, _cancellation) = (context, request, columns, cancellation);
        var keys = new CountryKeys(request.Mapping.Country, countries);
        _layout =
            request.Mapping.Layout == Mapping.WideLayout
                ? new WideLayout(request.Mapping, columns, keys)
                : new LongLayout(request.Mapping, columns, keys);
        _filter = new(request.Mapping, columns);
    }

    public static async Task<int> RunAsync(CommandContext context, ImportRequest request, CancellationToken cancellation)
    {
        Columns columns;
        using (var csv = CsvSource.Open(request.File, request.Mapping.Delimiter))
        {
            columns = csv.Columns;
        }

        var import = new Import(context, request, columns, await KnownCountries.ReadAsync(context.Suite, cancellation), cancellation);
        return await import.RunAsync();
    }

    private async Task<int> RunAsync()
    {
        using var rejects = _request.Rejects is { } path ? new RejectsFile(path, _columns.Header) : null;
        var tally = new Tally(rejects);
        var started = _context.Terminal.Time.GetTimestamp();
        var (isRefused, isSending, isWhole) = (false, false, false);
        try
        {
            await WithProgressAsync(tally, async () =>
            {
                var survey = await SurveyAsync(tally);
                (isRefused, isSending) = (survey is null, survey is not null);
                if (survey is not null)
                {
                    await SendAsync(survey, tally);
                }
            });
            isWhole = true;
        }
        finally
        {
            // Also where it broke off: what was recorded stays recorded.
            if (isSending && !isWhole)
            {
                _context.Print.Note(
                    "ew: the import broke off. What was recorded stays; the same command again goes over it without recording it twice."
                );
            }

            if (isRefused || isSending)
            {
                Summary.Print(_context.Print, tally, _request.DryRun, _context.Terminal.Time.GetElapsedTime(started));
            }
        }

        return isRefused ? ExitCode.Usage
            : tally.Rejected > 0 ? ExitCode.RowsRejected
            : tally.NotCurrent.Values > 0 ? ExitCode.NotCurrent
            : ExitCode.Ok;
    }

    /// <summary>Reads the file once; nothing where it cannot be taken as it is, which is then said.</summary>
    private async Task<Survey?> SurveyAsync(Tally tally)
    {
        var repeated = _request.Mapping.Repeated;

        // Where rows are put together, one that cannot be read would be missing in what the others come to.
        var counted = repeated is null ? new Tally(rejects: null) : tally;
        var survey = await Survey.ReadAsync(_request.File, ReadAsync(counted), _layout, repeated, counted);
        if (survey.RepeatCount > 0)
        {
            await survey.RejectRepeatsAsync(ReadAsync(new Tally(rejects: null)), tally);
            tally.Rows = counted.Rows;
            if (_context.Print.Json)
            {
                _context.Print.RawJson(RepeatText.Json(survey));
            }

            _context.Print.Note($"ew: {RepeatText.Of(_request.File, survey, _request.Rejects is not null)}");
            return null;
        }

        if (repeated is not null && counted.Rejected > 0)
        {
            _context.Print.Note(
                $"ew: {_request.File}: some rows cannot be read, and what the others come to ({repeated}) would lack them, so nothing "
                    + $"was recorded. Correct them, or leave them out with where."
            );
            return null;
        }

        if (repeated is not null)
        {
            tally.ForgetReading();
        }

        return survey;
    }

    private async Task SendAsync(Survey survey, Tally tally)
    {
        var created = _request.CreateIndicators ? await CreateAsync(survey) : [];
        var limits = (await _context.Suite.Server.GetServerInfoAsync(new(), cancellationToken: _cancellation)).Limits ?? new Limits();
        var items = survey.PlaceAsync(ReadAsync(tally), tally);
        if (_request.DryRun)
        {
            await new DryRun(_context, limits, _request.Backfill, tally).RunAsync(
                items,
                item => _request.ReadsOnly || created.Contains(item.Observation.Indicator),
                _cancellation
            );
        }
        else
        {
            await new StreamSender(_context, limits, _request.Backfill, _request.Patience, tally).SendAsync(
                Batches.CutAsync(items, limits, _cancellation),
                _cancellation
            );
        }
    }

    private async Task<HashSet<string>> CreateAsync(Survey survey)
    {
        var created = await NewIndicators.CreateAsync(
            _context.Suite,
            survey.Units,
            _request.Mapping.Source ?? Path.GetFileName(_request.File),
            _request.Mapping.Indicators.Unit,
            _request.DryRun,
            _cancellation
        );
        if (created.Count > 0)
        {
            _context.Print.Note(
                _request.DryRun
                    ? $"ew: {DisplayText.Several(created.Count, "indicator")} would be created ({string.Join(", ", created)}), so the "
                        + $"suite "
                        + $"cannot check their values yet; they were read, and no more."
                    : $"ew: {DisplayText.Several(created.Count, "indicator")} created: {string.Join(", ", created)}"
            );
        }

        return [.. created];
    }

    private async IAsyncEnumerable<Item> ReadAsync(Tally tally)
    {
        const int Every = 1000;
        var count = 0;
        using var csv = CsvSource.Open(_request.File, _request.Mapping.Delimiter);
        _open = csv;
        await foreach (var item in csv.ReadAsync(_layout, _filter, tally, _cancellation))
        {
            if (count++ % Every == 0)
            {
                _report();
            }

            yield return item;
        }

        _report();
    }

    private Task WithProgressAsync(Tally tally, Func<Task> work)
    {
        if (!_context.Print.ShowsProgress)
        {
            return work();
        }

        return new Progress(_context.Print.Notes)
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("reading", maxValue: 1);
                _report = () =>
                {
                    bar.Value = _open?.Share ?? 0;
                    bar.Description =
                        tally.Answered > 0
                            ? $"{DisplayText.Count(tally.Answered)} answered, {DisplayText.Count(tally.Rejected)} rejected"
                            : "reading";
                };
                await work();
            });
    }
}
