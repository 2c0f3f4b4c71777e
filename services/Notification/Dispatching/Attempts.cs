using System.Security.Cryptography;
using EarlyWarning.Notification.Channels;
using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tracing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using static EarlyWarning.V1.Delivery.Types;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>Makes attempts: begins one durably, sends, and records what it came to. Thread-safe.</summary>
internal sealed class Attempts(
    DeliveryQueue queue,
    MessageRegister register,
    MessageWriter writer,
    IEnumerable<IChannel> channels,
    NotificationOptions options,
    TimeProvider time,
    ILogger<Attempts> logger
)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<V1.ChannelKind, IChannel> _channels = channels.ToDictionary(channel => channel.Kind);

    /// <summary>Makes one attempt, if it is still to be made.</summary>
    /// <param name="key">The channel.</param>
    /// <param name="entry">The recipient as the directory has them.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="stopping">Ends it before its answer; that is an outcome too.</param>
    /// <returns>What it came to, to be recorded; <see langword="null"/> where none was made.</returns>
    public async Task<EndedAttempt?> MakeAsync(ChannelKey key, DirectoryEntry entry, string message, CancellationToken stopping)
    {
        if (
            !await queue.BeginAsync(key, message, entry.Channel(key.Channel)!.Shown, CancellationToken.None)
            || await register.FindAsync(message, CancellationToken.None) is not { } found
            || found.Deliveries.FirstOrDefault(one => one.Channel == key.Channel) is not { } delivery
            || delivery.Holder != queue.Holder
        )
        {
            return null;
        }

        var (source, trace) = await register.SourceAsync(found.EventId, CancellationToken.None);
        return await MakeAsync(key, entry, found, delivery.Attempts, source, trace, stopping);
    }

    /// <summary>Makes a message's first attempt, which was begun with the message.</summary>
    public async Task<EndedAttempt?> MakeAsync(
        ChannelKey key,
        DirectoryEntry entry,
        Message message,
        ByteString source,
        CancellationToken stopping
    ) => await MakeAsync(key, entry, message, 1, source, Traces.Current, stopping);

    private async Task<EndedAttempt> MakeAsync(
        ChannelKey key,
        DirectoryEntry entry,
        Message message,
        int number,
        ByteString source,
        string trace,
        CancellationToken stopping
    )
    {
        var target = entry.Channel(key.Channel)!;
        var span = DeliverySpans.Begin(message, target, number, trace);
        var began = time.GetUtcNow();
        var outcome = await SendAsync(target, new(message.Id, message.Told, source), stopping);
        var ended = time.GetUtcNow();
        span.End(outcome);
        var receipt = new V1.Receipt
        {
            ChannelId = key.Channel,
            Channel = target.Kind,
            Destination = target.Shown,
            Attempt = number,
            AttemptTime = began.ToTimestamp(),
            Delivered = outcome.Delivered,
            Detail = outcome.Detail,
        };
        return new(
            outcome,
            ended,
            ended - message.Told.CreateTime.ToDateTimeOffset(),
            receipt,
            RandomNumberGenerator.GetInt32(1000) / 999.0,
            span
        );
    }

    /// <summary>
    /// Records an attempt. Until that is done the lease is kept; if the process ends before, the message is sent again under its id.
    /// </summary>
    /// <param name="key">The channel.</param>
    /// <param name="entry">The recipient as the directory has them.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="ended">What it came to.</param>
    /// <param name="back">The channel is back with it: what waits there is due in the same commit.</param>
    /// <param name="stopping">Ends the wait for a store that is away.</param>
    public async Task RecordAsync(
        ChannelKey key,
        DirectoryEntry entry,
        string message,
        EndedAttempt ended,
        bool back,
        CancellationToken stopping
    )
    {
        var outcome = ended.Outcome;
        while (true)
        {
            try
            {
                await writer.ChangeAsync(
                    message,
                    (_, change) => End(key, entry, message, change, ended),
                    CancellationToken.None,
                    (unit, _) =>
                        unit =
                            outcome.Gone ? unit.Rest(key, entry.Channel(key.Channel)!, outcome.Detail, ended.Time)
                            : back ? unit.MakeDue(key, ended.Time)
                            : unit
                );
                return;
            }
            catch (StoreUnavailableException exception)
            {
                logger.NotRecorded(message, key, ended.Receipt.Attempt, exception.Message);
                await Task.Delay(s_pause, time, stopping);
            }
        }
    }

    /// <summary>
    /// The channel is not there to be used: the message waits for it until its time is over, and the recipient's other channels are used.
    /// At the end of its time the channel lets go of it where the recipient has it, and it is given up otherwise.
    /// </summary>
    public Task ParkAsync(ChannelKey key, DirectoryEntry? entry, string message, string why, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            message,
            (before, change) =>
            {
                if (change.Delivery(key.Channel) is not { State: State.Waiting } delivery)
                {
                    return;
                }

                change.Park(delivery with { Due = delivery.Ends, Detail = why });
                if (delivery.Ends > time.GetUtcNow())
                {
                    change.UseOthers(entry);
                }
                else if (before.Told.DeliverTime is not null && entry?.Channel(key.Channel) is null)
                {
                    change.Set(delivery with { Holder = "", State = State.Withdrawn, Detail = why });
                }
                else
                {
                    GiveUp(key, message, change, why);
                }
            },
            cancellationToken
        );

    /// <summary>Gives up what is at the end of its time without another attempt.</summary>
    public Task GiveUpAsync(ChannelKey key, string message, string why, CancellationToken cancellationToken) =>
        writer.ChangeAsync(message, (_, change) => GiveUp(key, message, change, why), cancellationToken);

    private async Task<AttemptOutcome> SendAsync(ChannelTarget target, OutgoingMessage message, CancellationToken stopping)
    {
        try
        {
            return await _channels[target.Kind].SendAsync(target, message, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new(false, "The suite was stopped before an answer came; the destination may have the message.");
        }
#pragma warning disable CA1031 // What a channel does not foresee is a failed attempt like any other: its message is tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(false, exception.Message);
        }
    }

    private void End(ChannelKey key, DirectoryEntry entry, string message, MessageChange change, EndedAttempt ended)
    {
        var (outcome, now, _, receipt, jitter, _) = ended;
        if (change.Delivery(key.Channel) is not { } delivery)
        {
            return;
        }

        receipt.NextAttemptTime = null;
        if (outcome.Delivered)
        {
            change.End(receipt, queue.Holder);
            change.Set(delivery with { State = State.Delivered, Failures = 0, Detail = "" });
            return;
        }

        logger.AttemptFailed(message, key, receipt.Attempt, outcome.Detail);
        var holds = delivery.Holder == queue.Holder && delivery.Attempts == receipt.Attempt;
        if (!holds || delivery.State != State.Waiting)
        {
            // Its lease had ended and somebody else has gone on with it, or it was given up meanwhile.
            change.End(receipt, holds ? queue.Holder : "");
            return;
        }

        var failures = delivery.Failures + 1;
        var next = outcome.Gone ? delivery.Ends : now + AttemptBackOff.Wait(options, failures, outcome.RetryAfter, jitter);

        // However long the wait, one last attempt is made when the time is over.
        next = next < delivery.Ends ? next : delivery.Ends;
        receipt.NextAttemptTime = outcome.Gone || now >= delivery.Ends ? null : next.ToTimestamp();
        change.End(receipt, queue.Holder);
        change.Set(delivery with { Holder = "", Due = next, Failures = failures, Detail = outcome.Detail });
        if (now >= delivery.Ends)
        {
            GiveUp(key, message, change, outcome.Detail);
        }
        else if (outcome.Gone)
        {
            change.UseOthers(entry);
        }
    }

    private void GiveUp(ChannelKey key, string message, MessageChange change, string why)
    {
        if (change.Delivery(key.Channel) is { State: State.Waiting, Holder: "" } delivery && delivery.Ends <= time.GetUtcNow())
        {
            logger.GivenUp(message, key, why);
            change.Set(
                delivery with
                {
                    State = State.GivenUp,
                    Detail = $"{why} Given up after {delivery.Ends - delivery.Created:d' d 'h' h'}.",
                }
            );
        }
    }
}
