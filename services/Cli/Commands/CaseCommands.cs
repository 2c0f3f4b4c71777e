using System.Globalization;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew cases</c> and <c>ew case</c>.</summary>
internal static class CaseCommands
{
    private const int LargestPage = 500;

    public static EwCommand CreateList()
    {
        var countries = CommonOptions.CountryFilter();
        var open = CommonOptions.Flag("--open", "Open ones only.");
        var limit = CommonOptions.Limit(50);
        return new EwCommand("cases", "Lists cases: open ones, newest first, then closed ones.", "ew cases --open")
        {
            countries,
            open,
            limit,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var codes = CommonOptions.Countries(parse, countries);
                var cases = await Pages.ShownAsync<Case>(context.Print, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    var page = await context.Suite.Cases.ListCasesAsync(
                        new()
                        {
                            Countries = { codes },
                            OpenOnly = parse.GetValue(open),
                            PageSize = size,
                            PageToken = token,
                        },
                        cancellationToken: cancellation
                    );
                    return (page.Cases, page.NextPageToken);
                });
                if (context.Print.Json)
                {
                    context.Print.Objects(cases);
                    return ExitCode.Ok;
                }

                context.Print.Table(
                    ["due", "what is due", "state", "severity", "country", Column.Figure("causes"), "step", "case"],
                    cases.Select(one =>
                        new Cell[]
                        {
                            new(DisplayText.Moment(one.DueTime), IsOverdue(one, context.Terminal.Time) ? Tone.Bad : Tone.Plain),
                            one.Due,
                            DisplayText.Exercise(one.Exercise) + DisplayText.Label(one.State),
                            new(DisplayText.Label(one.Severity), DisplayText.ToneOf(one.Severity)),
                            $"{one.Country} {one.CountryName}",
                            one.Causes.Count(cause => cause.CloseTime is null).ToString(CultureInfo.InvariantCulture),
                            StepsOf(one),
                            NameCompletion.Id(one.Name),
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }

    public static EwCommand CreateGet()
    {
        var id = CommonOptions.Id("case", "The case's id.");
        return new EwCommand("case", "Shows a case: its ladder, what happened, and what is due.", "ew case 3c1f0a77d2b4") { id }.Does(
            async (parse, context, cancellation) =>
            {
                var answer = await context.Suite.Cases.GetCaseAsync(
                    new() { Name = NameCompletion.Of("cases", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return context.Show(answer.Case, one => PrintOne(context.Print, one));
            }
        );
    }

    public static void PrintOne(Printer print, Case one)
    {
        print.Line(
            $"{DisplayText.Exercise(one.Exercise)}{one.Name}  {one.CountryName} ({one.Country})  {DisplayText.Label(one.State)}  ",
            new Cell(DisplayText.Label(one.Severity), DisplayText.ToneOf(one.Severity))
        );
        print.Line($"due {DisplayText.Moment(one.DueTime)}: {(one.Due.Length > 0 ? one.Due : "nothing")}");
        print.Line($"breaches {string.Join(", ", one.Breaches)}{(one.Firing ? " (still firing)" : "")}");
        print.Line();
        print.Table(
            ["cause", "state", "severity", Column.Figure("climb"), "what"],
            one.Causes.Select(cause =>
                new Cell[]
                {
                    cause.Id,
                    DisplayText.Label(cause.State) + (cause.Firing ? ", still firing" : ""),
                    new(DisplayText.Label(cause.Severity), DisplayText.ToneOf(cause.Severity)),
                    cause.Climb == 0 ? "" : cause.Climb.ToString(CultureInfo.InvariantCulture),
                    cause.Sentence,
                }
            )
        );
        foreach (var climb in one.Climbs)
        {
            PrintClimb(print, climb);
        }

        print.Line();
        print.Table(
            ["time", "what", "who", "text"],
            one.Entries.Select(entry =>
                new Cell[] { DisplayText.Moment(entry.Time), DisplayText.Label(entry.Kind), Actor(entry), entry.Text }
            )
        );
    }

    /// <summary>Who did it, and as what.</summary>
    private static string Actor(CaseEntry entry) =>
        entry switch
        {
            { Actor: "suite" or "" } => entry.Actor,
            { ActorVerified: false } => $"{entry.Actor} (unverified)",
            { ActorRole: AccessRole.Unspecified } => entry.Actor,
            _ => $"{entry.Actor} ({DisplayText.Label(entry.ActorRole)})",
        };

    /// <summary>Where the climbs of a case stand.</summary>
    public static string StepsOf(Case one) =>
        string.Join(
            ", ",
            one.Climbs.Select(climb => string.Create(CultureInfo.InvariantCulture, $"{climb.CurrentStep} of {climb.Steps.Count}"))
        );

    private static void PrintClimb(Printer print, Climb climb)
    {
        print.Line();
        print.Line($"climb {climb.Number}: {DisplayText.Label(climb.State)}, about {string.Join(", ", climb.Causes)}");
        print.Line($"due {DisplayText.Moment(climb.DueTime)}: {(climb.Due.Length > 0 ? climb.Due : "nothing")}");
        if (climb.SeizedUntil is not null)
        {
            print.Line($"to be looked at again {DisplayText.Moment(climb.SeizedUntil)}");
        }

        if (climb.StateDecision is { } decided)
        {
            print.Line($"the State concerned, {DisplayText.Moment(decided.Time)}: {decided.Text}");
        }

        print.Table(
            [Column.Figure("step"), "who", "asked", "told", "answer due", "answered", "by"],
            climb.Steps.Select(step =>
                new Cell[]
                {
                    new(step.Number.ToString(CultureInfo.InvariantCulture), step.Number == climb.CurrentStep ? Tone.Warn : Tone.Plain),
                    step.DisplayName,
                    step.Unaddressed.Length > 0 ? new Cell("nobody to ask", Tone.Bad) : DisplayText.Moment(step.AskTime),
                    step.AskTime is null ? "" : $"{step.Told}{(step.NotTold > 0 ? $", {step.NotTold} not" : "")}",
                    DisplayText.Moment(step.AcknowledgeDueTime),
                    DisplayText.Moment(step.AcknowledgeTime),
                    step.AcknowledgedBy,
                }
            )
        );
    }

    private static bool IsOverdue(Case one, TimeProvider time) => one.DueTime is { } due && due.ToDateTimeOffset() < time.GetUtcNow();
}
