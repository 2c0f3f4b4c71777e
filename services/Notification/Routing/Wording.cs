using System.Globalization;
using System.Text;
using EarlyWarning.Notification.Directory;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Notification.Routing;

/// <summary>Says in plain words what changed, why, how sure that is, and what is asked for until when.</summary>
internal static class Wording
{
    private const int MostMovements = 5;
    private const string ExerciseLine = "EXERCISE. This is practice: the country and everything said of it are invented.";

    /// <summary>What all recipients of a breach's change are told.</summary>
    public static V1.Notification Breach(V1.Breach breach)
    {
        var message = new V1.Notification
        {
            Country = breach.Country,
            Breach = breach.Name,
            Exercise = breach.Exercise,
            Subject = Subject(breach.Exercise, $"{Headline(breach)}: {Place(breach.Country, breach.CountryName)}, {breach.Threshold?.DisplayName}"),
        };
        var body = Start(breach.Exercise);
        body.AppendLine(breach.State switch
        {
            V1.Breach.Types.State.Resolved => Invariant($"The breach that began {At(breach.FireTime)} ended {At(breach.EndTime)}: the clearing value was passed back."),
            V1.Breach.Types.State.Superseded =>
                Invariant($"The breach that began {At(breach.FireTime)} ended {At(breach.EndTime)}, because its threshold was edited, disabled or deleted. This does not say that the risk has gone down."),
            _ => Invariant($"Since {At(breach.FireTime)}:"),
        });
        body.AppendLine(breach.Sentence);
        Why(body, breach);
        HowSure(body, breach);
        body.AppendLine().Append("Asked of you: ").AppendLine(breach.State == V1.Breach.Types.State.Firing
            ? "check the observations behind it, and see that its case is answered. The case tells the others on the ladder by itself."
            : "nothing for this breach any more. Its case stays open until it is decided or stood down.");
        body.Append(CultureInfo.InvariantCulture, $"Reference: {breach.Name}");
        message.Body = body.ToString();
        return message;
    }

    /// <summary>What all recipients of a step of a case are told.</summary>
    public static V1.Notification Step(V1.Escalation escalation)
    {
        var (concerned, number) = (escalation.Case, escalation.Step);
        var step = concerned.Steps.FirstOrDefault(s => s.Number == number);
        var message = new V1.Notification
        {
            Country = concerned.Country,
            Breach = escalation.Breach,
            Case = concerned.Name,
            Step = number,
            Exercise = concerned.Exercise,
            AnswerDueTime = step?.AcknowledgeDueTime,
            Subject = Subject(concerned.Exercise, $"Answer asked for: {Severity(concerned.Severity)}: {Place(concerned.Country, concerned.CountryName)}, {concerned.Cause}"),
        };
        var body = Start(concerned.Exercise);
        body.AppendLine(concerned.Sentence);
        body.AppendLine(concerned.Firing ? "The condition still holds." : "The condition no longer holds; the case is open all the same.");
        body.AppendLine().Append("Asked of you");
        if (step is not null)
        {
            body.Append(CultureInfo.InvariantCulture, $" as {step.DisplayName} ({RoleNames.Words(step.Role)})");
        }

        body.Append(step?.Role == V1.Role.DecisionMaker
            ? ": acknowledge the case, then decide and record whether to bring the situation to the Security Council's attention"
            : ": acknowledge the case, then record what you decide");
        body.AppendLine(message.AnswerDueTime is { } due ? Invariant($". Acknowledge by {At(due)}; after that the case goes to the next step.") : ".");
        body.Append(CultureInfo.InvariantCulture, $"Reference: {concerned.Name}, step {number} of {concerned.Steps.Count}; behind it {escalation.Breach}");
        message.Body = body.ToString();
        return message;
    }

    private static StringBuilder Start(bool exercise)
    {
        var body = new StringBuilder();
        return exercise ? body.AppendLine(ExerciseLine).AppendLine() : body;
    }

    private static string Subject(bool exercise, string text) => exercise ? $"EXERCISE: {text}" : text;

    private static string Headline(V1.Breach breach) => breach.State switch
    {
        V1.Breach.Types.State.Resolved => "Resolved",
        V1.Breach.Types.State.Superseded => "Ended by an edit",
        _ => Severity(breach.Threshold?.Severity ?? V1.Severity.Unspecified),
    };

    private static string Severity(V1.Severity severity) => severity switch
    {
        V1.Severity.Emergency => "Emergency",
        V1.Severity.Advisory => "Advisory",
        _ => "Warning",
    };

    private static void Why(StringBuilder body, V1.Breach breach)
    {
        if (breach.Movements.Count == 0)
        {
            return;
        }

        body.AppendLine().AppendLine("What moved it:");
        foreach (var moved in breach.Movements.Take(MostMovements))
        {
            var unit = moved.Unit.Length > 0 ? $" {moved.Unit}" : "";
            body.AppendLine(CultureInfo.InvariantCulture,
                $"- {moved.DisplayName}: {Value(moved.HasValueBefore, moved.ValueBefore)} to {Value(moved.HasValueAfter, moved.ValueAfter)}{unit} ({moved.Amount:+0.##;-0.##;0})");
        }

        if (breach.Movements.Count > MostMovements)
        {
            body.AppendLine(CultureInfo.InvariantCulture, $"- and {breach.Movements.Count - MostMovements} more");
        }
    }

    private static void HowSure(StringBuilder body, V1.Breach breach)
    {
        body.AppendLine().Append("How sure: ");
        if (breach.HasScore)
        {
            body.Append(CultureInfo.InvariantCulture, $"score {breach.Score:0.##}{(breach.Level.Length > 0 ? $" ({breach.Level})" : "")}, ");
        }

        if (breach.Interval is { } interval)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"with {interval.Probability:0.##%} probability between {interval.Lower:0.##} and {interval.Upper:0.##}, ");
        }

        body.AppendLine(CultureInfo.InvariantCulture, $"from valid data for {breach.Coverage:0%} of the weight. A low coverage does not mean a low risk.");
    }

    private static string Value(bool known, double value) => known ? Invariant($"{value:0.####}") : "no valid value";

    private static string Place(string code, string name) => name.Length > 0 ? $"{name} ({code})" : code;

    private static string At(Timestamp? time) => time is null ? "at an unknown time" : Invariant($"{time.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
