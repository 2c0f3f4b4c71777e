using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Notification.Routing;

/// <summary>
/// Words messages for people who may have been woken by them: the title in the subject, then what is the case, then what to do until when,
/// and the reference last. What a breach is says its own sentence; a message adds nothing to it that is of another moment.
/// </summary>
internal static partial class MessageText
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
