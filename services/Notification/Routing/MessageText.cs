using System.Globalization;
using System.Text;
using EarlyWarning.Notification.Directory;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Notification.Routing;

/// <summary>
/// Words messages for people who may have been woken by them: the title in the subject, then what is the case, then what to do until when,
/// and the reference last. What a breach is says its own sentence; a message adds nothing to it that is of another moment.
/// </summary>
internal static class MessageText
{
    /// <summary>Stands in a body where the reader's own <c>recipients/{id}</c> belongs.</summary>
    public const string Reader = "{reader}";

    private const int MostMovements = 5;
    private const int MovementsInSentence = 3;
    private const string ExerciseLine = "EXERCISE. This is practice: the country and everything said of it are invented.";

    /// <summary>A recipient's text, of what all are told.</summary>
    public static string Body(string shared, string tlp, string recipient) =>
        $"{tlp}\n{shared.Replace(Reader, recipient.Length > 0 ? recipient : "recipients/…", StringComparison.Ordinal)}";

    /// <summary>What all recipients of a breach's change are told.</summary>
    public static V1.Notification Breach(V1.Breach breach)
    {
        var message = new V1.Notification
        {
            Country = breach.Country,
            Breach = breach.Name,
            Exercise = breach.Exercise,
            Severity = breach.Threshold?.Severity ?? V1.Severity.Unspecified,
            Subject = Subject(
                breach.Exercise,
                $"{Headline(breach)}: {Place(breach.Country, breach.CountryName)}, {breach.Threshold?.DisplayName}"
            ),
        };
        var body = Start(breach.Exercise);
        body.AppendLine(breach.Sentence);
        if (breach.State == V1.Breach.Types.State.Firing)
        {
            Moved(body, breach);
            body.AppendLine(Invariant($"It fired {At(breach.FireTime)}."));
            body.AppendLine()
                .Append(
                    CultureInfo.InvariantCulture,
                    $"What to do now: look at what is behind it (`ew breach {Id(breach.Name)}`, or the board), "
                )
                .Append("and see that its case is answered. ")
                .AppendLine("The case asks those on the ladder by itself, each with a time of their own.");
        }
        else if (IsLate(breach))
        {
            body.AppendLine()
                .Append(
                    CultureInfo.InvariantCulture,
                    $"What to do now: look at what came late and why (`ew breach {Id(breach.Name)}`, or the board), "
                )
                .AppendLine("and see that its case is answered.");
        }
        else
        {
            body.AppendLine(Invariant($"It fired {At(breach.FireTime)} and ended {At(breach.EndTime)}."));
            body.AppendLine()
                .AppendLine("What to do now: nothing for this breach. Its case stays open until people decide it or stand it down.");
        }

        body.Append(CultureInfo.InvariantCulture, $"Reference: {breach.Name}");
        message.Body = body.ToString();
        return message;
    }

    /// <summary>What all recipients of a step of a case are told: that they are asked, or that a further cause has joined.</summary>
    public static V1.Notification Step(V1.Escalation escalation)
    {
        var (concerned, step) = (escalation.Case, escalation.Asked ?? new V1.Step { Number = escalation.Step });
        var noted = concerned.Causes.FirstOrDefault(cause => cause.Id == escalation.NotedCause);
        var due = escalation.NotedCause.Length > 0 ? null : step.AcknowledgeDueTime;
        var place = Place(concerned.Country, concerned.CountryName);
        var message = new V1.Notification
        {
            Country = concerned.Country,
            Breach = escalation.Breach,
            Case = concerned.Name,
            Step = escalation.Step,
            Climb = escalation.Climb,
            Exercise = concerned.Exercise,
            AnswerDueTime = due,
            Severity = noted?.Severity ?? concerned.Severity,
            Subject = Subject(
                concerned.Exercise,
                noted is not null
                    ? $"For your information: {Severity(noted.Severity)}: {place}, {noted.Title}"
                    : $"{(due is null ? "Answer asked for" : $"Answer by {Moment(due)}")}: {Severity(concerned.Severity)}: {place}, "
                        + $"{concerned.Title}"
            ),
        };
        var body = Start(concerned.Exercise);
        if (escalation.NotedCause.Length > 0)
        {
            Noted(body, concerned, noted, step);
        }
        else
        {
            Asked(body, escalation, step);
        }

        var steps = concerned.Climbs.FirstOrDefault(climb => climb.Number == escalation.Climb)?.Steps.Count ?? escalation.Step;
        body.Append(
            CultureInfo.InvariantCulture,
            $"Reference: {concerned.Name}, step {escalation.Step} of {steps}; behind it {escalation.Breach}"
        );
        message.Body = body.ToString();
        return message;
    }

    private static void Noted(StringBuilder body, V1.Case concerned, V1.Cause? noted, V1.Step step)
    {
        body.AppendLine(noted?.Sentence ?? concerned.Sentence);
        body.AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"This is a further cause of a case that you are asked about as {step.DisplayName} ({RoleNames.Plain(step.Role)})."
            );
        body.AppendLine(
            "What to do now: nothing new is asked of you. Have it in mind when you answer; an answer names the causes that it covers."
        );
    }

    private static void Asked(StringBuilder body, V1.Escalation escalation, V1.Step step)
    {
        var concerned = escalation.Case;
        var asked = concerned.Climbs.FirstOrDefault(climb => climb.Number == escalation.Climb)?.Causes;
        var causes = concerned.Causes.Where(cause => cause.CloseTime is null && (asked?.Contains(cause.Id) ?? true)).ToList();
        foreach (var cause in causes)
        {
            body.AppendLine(cause.Sentence);
            body.AppendLine(cause.Firing ? "The condition still holds." : "The condition no longer holds; the case is open all the same.");
        }

        if (concerned.Climbs.FirstOrDefault(climb => climb.Number == escalation.Climb)?.StateDecision is { } decided)
        {
            body.AppendLine()
                .AppendLine(
                    CultureInfo.InvariantCulture,
                    $"The State concerned has decided {At(decided.Time)}, which does not end its own climb: an answer is asked for all "
                        + $"the same. {decided.Text}"
                );
        }

        var id = Id(concerned.Name);
        var named =
            concerned.Causes.Count(cause => cause.CloseTime is null) > 1
                ? string.Concat(causes.Select(cause => $" --cause {cause.Id}"))
                : "";
        body.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"You are asked as {step.DisplayName} ({RoleNames.Plain(step.Role)}).");
        body.AppendLine(
            step.AcknowledgeDueTime is { } due
                ? Invariant($"What to do by {Moment(due)}: acknowledge the case, on the board or with")
                : "What to do: acknowledge the case, on the board or with"
        );
        body.AppendLine(CultureInfo.InvariantCulture, $"  ew acknowledge {id} --as {Reader}{named}");
        if (step.AcknowledgeDueTime is not null)
        {
            body.AppendLine(
                escalation.Next is not { } next
                    ? "Without an answer by then the ladder has no further step."
                    : $"Without an answer by then the case goes to the next step: {next.DisplayName}."
            );
        }

        body.AppendLine(
            step.Role == V1.Role.DecisionMaker
                ? "Then decide whether to bring the situation to the Security Council's attention, and record it, with"
                : "Then record what you decide, with"
        );
        body.AppendLine(CultureInfo.InvariantCulture, $"  ew decide {id} --as {Reader}{named} --decision … --rationale …");
    }

    private static StringBuilder Start(bool exercise)
    {
        var body = new StringBuilder();
        return exercise ? body.AppendLine(ExerciseLine).AppendLine() : body;
    }

    private static string Subject(bool exercise, string text) => exercise ? $"EXERCISE: {text}" : text;

    // Its first state is its end: nobody was told while it fired.
    private static bool IsLate(V1.Breach breach) => breach is { State: V1.Breach.Types.State.Resolved, Sequence: 1 };

    private static string Headline(V1.Breach breach) =>
        breach.State switch
        {
            _ when IsLate(breach) => "Received late, and over",
            V1.Breach.Types.State.Resolved => "Resolved",
            V1.Breach.Types.State.Superseded => "No longer watched as it was",
            _ => Severity(breach.Threshold?.Severity ?? V1.Severity.Unspecified),
        };

    private static string Severity(V1.Severity severity) =>
        severity switch
        {
            V1.Severity.Emergency => "Emergency",
            V1.Severity.Advisory => "Advisory",
            _ => "Warning",
        };

    // The sentence names the largest already.
    private static void Moved(StringBuilder body, V1.Breach breach)
    {
        if (breach.Movements.Count <= MovementsInSentence)
        {
            return;
        }

        body.AppendLine().AppendLine("What moved it, largest first:");
        foreach (var moved in breach.Movements.Take(MostMovements))
        {
            var unit = moved.Unit.Length > 0 ? $" {moved.Unit}" : "";
            var (before, after) = (Value(moved.HasValueBefore, moved.ValueBefore), Value(moved.HasValueAfter, moved.ValueAfter));
            body.AppendLine(CultureInfo.InvariantCulture, $"- {moved.DisplayName}: {before} to {after}{unit}");
        }

        if (breach.Movements.Count > MostMovements)
        {
            body.AppendLine(CultureInfo.InvariantCulture, $"- and {breach.Movements.Count - MostMovements} more");
        }

        body.AppendLine();
    }

    private static string Value(bool known, double value) => known ? Invariant($"{value:0.####}") : "no valid value";

    private static string Place(string code, string name) => name.Length > 0 ? $"{name} ({code})" : code;

    private static string Id(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string At(Timestamp? time) => time is null ? "at an unknown time" : $"on {Moment(time)}";

    private static string Moment(Timestamp time) => Invariant($"{time.ToDateTimeOffset():d MMMM yyyy HH:mm} UTC");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
