using System.Globalization;
using System.Text;
using EarlyWarning.Notification.Directory;

namespace EarlyWarning.Notification.Routing;

/// <content>What those are told who are asked at a step of a case.</content>
internal static partial class MessageText
{
    /// <summary>
    /// What all recipients of a step of a case are told: that they are asked, that a further cause has joined, or that an act was taken
    /// back.
    /// </summary>
    public static V1.Notification Step(V1.Escalation escalation)
    {
        var (concerned, step) = (escalation.Case, escalation.Asked ?? new V1.Step { Number = escalation.Step });
        var noted = concerned.Causes.FirstOrDefault(cause => cause.Id == escalation.NotedCause);
        var due = escalation.NotedCause.Length + escalation.Withdrawn.Length > 0 ? null : step.AcknowledgeDueTime;
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
                escalation.Withdrawn.Length > 0 ? $"Taken back: {Severity(concerned.Severity)}: {place}, {concerned.Title}"
                    : noted is not null ? $"For your information: {Severity(noted.Severity)}: {place}, {noted.Title}"
                    : $"{(due is null ? "Answer asked for" : $"Answer by {Moment(due)}")}: {Severity(concerned.Severity)}: {place}, "
                        + $"{concerned.Title}"
            ),
        };
        var body = Start(concerned.Exercise);
        if (escalation.Withdrawn.Length > 0)
        {
            Withdrawn(body, escalation, step);
        }
        else if (escalation.NotedCause.Length > 0)
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

    private static void Withdrawn(StringBuilder body, V1.Escalation escalation, V1.Step step)
    {
        var concerned = escalation.Case;
        var climb = concerned.Climbs.FirstOrDefault(one => one.Number == escalation.Climb);
        body.AppendLine(escalation.Withdrawn).AppendLine().AppendLine(concerned.Sentence).AppendLine();
        body.AppendLine(CultureInfo.InvariantCulture, $"You were asked as {step.DisplayName} ({RoleNames.Plain(step.Role)}).");
        body.AppendLine(
            climb?.DueTime is { } due
                ? $"What comes next, at {Moment(due)}: {climb.Due}"
                : "What comes next: the ladder has no further step. An answer is still taken."
        );
        body.AppendLine("What to do: where you have the case in hand, acknowledge it, on the board or with");
        body.AppendLine(CultureInfo.InvariantCulture, $"  ew acknowledge {Id(concerned.Name)} --as {Reader}{Named(concerned, climb)}");
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
        var named = Named(concerned, concerned.Climbs.FirstOrDefault(climb => climb.Number == escalation.Climb));
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

    /// <summary>The options that name a climb's causes, where the case has several open ones.</summary>
    private static string Named(V1.Case concerned, V1.Climb? climb) =>
        concerned.Causes.Count(cause => cause.CloseTime is null) > 1
            ? string.Concat(
                concerned
                    .Causes.Where(cause => cause.CloseTime is null && (climb?.Causes.Contains(cause.Id) ?? true))
                    .Select(cause => $" --cause {cause.Id}")
            )
            : "";
}
