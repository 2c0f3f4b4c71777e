using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Messaging;
using EarlyWarning.Store;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Desk;

/// <summary>
/// Publishes steps that are durable and not yet marked as published, oldest first, each under an id of its own that is the same at every attempt.
/// Runs beside the desk, so that a broker that does not answer holds no answer or decision back.
/// </summary>
internal sealed class StepPublisher(DeskParts parts, DeskWriter writer, ILogger logger)
{
    /// <summary>The CloudEvents type.</summary>
    public const string EventType = "earlywarning.v1.escalation.step-reached";

    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromSeconds(30);
    private int _failures;
    private Task _run = Task.CompletedTask;

    /// <summary>When the next attempt is due; <see langword="null"/> where nothing has failed.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    /// <summary>Why the last attempt failed; empty where it did not.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>The id of a step's event.</summary>
    public static string IdOf(StepMark step) => $"{step.Case["cases/".Length..]}-climb-{step.Climb}-step-{step.Step}";

    /// <summary>Publishes what is unpublished, unless that is under way or an attempt is not due yet.</summary>
    public Task RunAsync()
    {
        if (_run.IsCompleted && !(RetryAt > parts.Time.GetUtcNow()) && writer.Book.Unpublished().Any())
        {
            _run = PublishAllAsync();
        }

        return _run;
    }

    private async Task PublishAllAsync()
    {
        while (writer.Book.Unpublished().FirstOrDefault() is { } step)
        {
            try
            {
                await parts.Publisher.PublishAsync(EventOf(step), CancellationToken.None);
            }
            catch (PublishFailedException e)
            {
                var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(_failures++, 10)), s_longestBackOff.TotalSeconds));
                (RetryAt, Failure) = (parts.Time.GetUtcNow() + wait, e.Message);
                parts.Meter.PublishFailed.Add(1);
                logger.NotPublished(IdOf(step), wait, e.Message);
                await writer.ScheduleAsync(RetryAt);
                return;
            }

            (RetryAt, Failure, _failures) = (null, "", 0);
            parts.Meter.Published.Add(1);
            CrashPoint.Reach(CrashPoint.AfterPublish);
            await writer.DecideAsync((_, now) => CaseIntake.Made("", now, record => record.Published = step));
        }

        await writer.ScheduleAsync(null);
    }

    private DomainEvent EventOf(StepMark step)
    {
        var now = writer.Book.Cases[step.Case].Brief;
        var data = new V1.Escalation { Case = now, Step = step.Step, Breach = step.Breach };
        return new(Topics.Escalations, IdOf(step), EventType, now.Country, data);
    }
}
