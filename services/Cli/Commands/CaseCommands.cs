using System.Globalization;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew cases</c> and <c>ew case</c>.</summary>
internal static class CaseCommands
{
    private const int LargestPage = 500;

    public static EwCommand CreateList()
    {
        var country = Shared.CountryFilter();
        var open = Shared.Flag("--open", "Open ones only.");
        var limit = Shared.Limit(50);
        return new EwCommand("cases", "Lists cases: open ones by due time, then closed ones.", "ew cases --open")
        {
            country, open, limit,
        }.Does(async (parse, session, cancellation) =>
        {
            var code = parse.GetValue(country) is { } given ? Names.Country(given) : "";
            var cases = await Pages.ShownAsync<Case>(session, parse.GetValue(limit), LargestPage, async (size, token) =>
            {
                var page = await session.Suite.Cases.ListCasesAsync(
                    new() { Country = code, OpenOnly = parse.GetValue(open), PageSize = size, PageToken = token }, cancellationToken: cancellation);
                return (page.Cases, page.NextPageToken);
            });
            if (session.Print.Json)
            {
                session.Print.Objects(cases);
                return ExitCode.Ok;
            }

            session.Print.Table(
                ["due", "what is due", "state", "severity", "country", Column.Figure("step"), "case"],
                cases.Select(one => new Cell[]
                {
                    new(Wording.Moment(one.DueTime), IsOverdue(one, session.Terminal.Time) ? Tone.Bad : Tone.Plain),
                    one.Due,
                    Wording.Exercise(one.Exercise) + Wording.Label(one.State),
                    new(Wording.Label(one.Severity), Wording.ToneOf(one.Severity)),
                    $"{one.Country} {one.CountryName}",
                    one.CurrentStep.ToString(CultureInfo.InvariantCulture),
                    Names.Id(one.Name),
                }));
            return ExitCode.Ok;
        });
    }

    public static EwCommand CreateGet()
    {
        var id = Shared.Id("case", "The case's id.");
        return new EwCommand("case", "Shows a case: its ladder, what happened, and what is due.", "ew case 3c1f0a77d2b4") { id }
            .Does(async (parse, session, cancellation) =>
            {
                var answer = await session.Suite.Cases.GetCaseAsync(
                    new() { Name = Names.Of("cases", parse.GetRequiredValue(id)) }, cancellationToken: cancellation);
                return session.Show(answer.Case, one => PrintOne(session.Print, one));
            });
    }

    public static void PrintOne(Printer print, Case one)
    {
        print.Line(
            $"{Wording.Exercise(one.Exercise)}{one.Name}  {one.CountryName} ({one.Country})  {Wording.Label(one.State)}  ",
            new Cell(Wording.Label(one.Severity), Wording.ToneOf(one.Severity)));
        print.Line(one.Sentence);
        print.Line($"due {Wording.Moment(one.DueTime)}: {(one.Due.Length > 0 ? one.Due : "nothing")}");
        if (one.SeizedUntil is not null)
        {
            print.Line($"to be looked at again {Wording.Moment(one.SeizedUntil)}");
        }

        print.Line($"breaches {string.Join(", ", one.Breaches)}{(one.Firing ? " (still firing)" : "")}");
        print.Line();
        print.Table(
            [Column.Figure("step"), "who", "reached", "answer due", "answered", "by"],
            one.Steps.Select(step => new Cell[]
            {
                new(step.Number.ToString(CultureInfo.InvariantCulture), step.Number == one.CurrentStep ? Tone.Warn : Tone.Plain),
                step.DisplayName,
                Wording.Moment(step.ReachTime),
                Wording.Moment(step.AcknowledgeDueTime),
                Wording.Moment(step.AcknowledgeTime),
                step.AcknowledgedBy,
            }));
        print.Line();
        print.Table(
            ["time", "what", "who", "text"],
            one.Entries.Select(entry => new Cell[]
            {
                Wording.Moment(entry.Time),
                Wording.Label(entry.Kind),
                entry.Actor + (entry.ActorVerified || entry.Actor is "suite" or "" ? "" : " (unverified)"),
                entry.Text,
            }));
    }

    private static bool IsOverdue(Case one, TimeProvider time) => one.DueTime is { } due && due.ToDateTimeOffset() < time.GetUtcNow();
}
