using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Outbox;

namespace EarlyWarning.Escalation.Desk;

/// <summary>
/// Hands steps that are durable to the outbox, oldest first, each under an id of its own, in the transaction that marks them. Runs beside the desk,
/// so that it holds no answer or decision back.
/// </summary>
internal sealed class StepPublisher(DeskParts parts, DeskWriter writer)
{
    /// <summary>The CloudEvents type.</summary>
    public const string EventType = "earlywarning.v1.escalation.step-reached";

    private Task _run = Task.CompletedTask;

    /// <summary>The id of a step's event; it holds the store's epoch, because a case from before a restore may climb in both incarnations.</summary>
    public static string IdOf(StepMark step, string epoch) => $"{step.Case["cases/".Length..]}-climb-{step.Climb}-step-{step.Step}-{epoch}";

    /// <summary>Hands on what is not yet, unless that is under way.</summary>
    public Task RunAsync()
    {
        if (_run.IsCompleted && writer.Book.Unpublished().Any())
        {
            _run = PublishAllAsync();
        }

        return _run;
    }

    private async Task PublishAllAsync()
    {
        while (writer.Book.Unpublished().FirstOrDefault() is { } step)
        {
            await writer.DecideAsync(
                (_, now) => CaseIntake.Made("", now, record => record.Published = step),
                (unit, now) => unit.Publish(EscalationExtensions.AppId, EventOf(step), now));
            parts.Meter.Published.Add(1);
        }

        await writer.ScheduleAsync();
    }

    private DomainEvent EventOf(StepMark step)
    {
        var now = writer.Book.Cases[step.Case].Brief;
        var data = new V1.Escalation { Case = now, Step = step.Step, Breach = step.Breach };
        return new(Topics.Escalations, IdOf(step, parts.Epoch()), EventType, now.Country, data);
    }
}
