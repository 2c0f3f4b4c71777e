using EarlyWarning.Host.Status;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.Store.Outbox;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Host.Events;

/// <summary>Shows what services owe to each other, and takes what operators decide about it.</summary>
internal sealed class EventApi(IOwedEvents events, DeliveryLines deliveries, PageTokens tokens, TimeProvider time)
    : EventService.EventServiceBase
{
    private const string Collection = "events/";
    private const int LongestReason = 1_000;

    public override async Task<GetEventResponse> GetEvent(GetEventRequest request, ServerCallContext context)
    {
        var found = await FindAsync(request.Name, context);
        var shown = Shown(found);
        shown.Data = System.Text.Encoding.UTF8.GetString(found.Event.Data.Span);
        return new() { Event = shown };
    }

    public override async Task<ListEventsResponse> ListEvents(ListEventsRequest request, ServerCallContext context)
    {
        RequestFilters.Value("state", request.State);
        var state = request.State == Event.Types.State.Unspecified ? (EventState?)null : Stored(request.State);
        var after = tokens.Decode(request, "page_token", request.PageToken);
        var size = PageTokens.Size(request.PageSize, 50, 500);
        var found = await events.ListAsync(state, after, size + 1, context.CancellationToken);
        return new()
        {
            Events = { found.Take(size).Select(Shown) },
            NextPageToken = found.Count > size ? tokens.Encode(request, found[size - 1].Sequence) : "",
            TotalSize = await events.CountAsync(state, context.CancellationToken),
        };
    }

    public override async Task<RetryEventResponse> RetryEvent(RetryEventRequest request, ServerCallContext context)
    {
        var found = await FindAsync(request.Name, context);
        if (found.Dismissal is not null)
        {
            throw Fault.Of(
                StatusCode.FailedPrecondition,
                ErrorReason.EventDismissed,
                $"{request.Name} was given up: {found.Dismissal.Reason}",
                ("resource", request.Name)
            );
        }

        // One that was confirmed in between is no longer owed: what was asked for has happened.
        return await events.RetryAsync(found.Event.Id, time.GetUtcNow(), context.CancellationToken)
            ? new() { Event = Shown(await FindAsync(request.Name, context)) }
            : throw Fault.NotFound(request.Name);
    }

    public override async Task<DismissEventResponse> DismissEvent(DismissEventRequest request, ServerCallContext context)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > LongestReason)
        {
            throw Fault.Field(
                ErrorReason.InvalidField,
                "reason",
                $"Say why, and what was done in its place, in 1 to {LongestReason:N0} characters."
            );
        }

        var found = await FindAsync(request.Name, context);
        if (found.Dismissal is null)
        {
            var caller = Caller.Of(context);
            Dismissal dismissal = new(time.GetUtcNow(), caller.Name, caller.Verified, request.Reason.Trim());
            if (!await events.DismissAsync(found.Event.Id, dismissal, context.CancellationToken))
            {
                throw Fault.Of(
                    StatusCode.FailedPrecondition,
                    ErrorReason.EventGoesOn,
                    (
                        $"{request.Name} goes on by itself ({found.State.ToString().ToLowerInvariant()}), and is given up by nobody. "
                        + found.Fault
                    ).TrimEnd(),
                    ("resource", request.Name)
                );
            }

            deliveries.Forget(found.Event.Id);
        }

        return new() { Event = Shown(await FindAsync(request.Name, context)) };
    }

    private async Task<StoredEvent> FindAsync(string name, ServerCallContext context)
    {
        RequestFilters.Name("name", name, Collection);
        return await events.FindAsync(name[Collection.Length..], context.CancellationToken) ?? throw Fault.NotFound(name);
    }

    private static Event Shown(StoredEvent one) =>
        new()
        {
            Name = Collection + one.Event.Id,
            State = one.State switch
            {
                EventState.Owed => Event.Types.State.Owed,
                EventState.Published => Event.Types.State.Published,
                EventState.Aside => Event.Types.State.SetAside,
                EventState.Failed => Event.Types.State.Failed,
                _ => Event.Types.State.Dismissed,
            },
            Topic = one.Event.Topic,
            Type = one.Event.Type,
            Country = one.Event.Subject,
            Publisher = one.Event.App,
            Missing = { one.Missing },
            CreateTime = one.Created.ToTimestamp(),
            PublishTime = one.Published?.ToTimestamp(),
            Attempts = one.Attempts,
            Fault = one.Fault,
            Dismissal = one.Dismissal is { } dismissal
                ? new()
                {
                    Time = dismissal.At.ToTimestamp(),
                    Actor = dismissal.Actor,
                    ActorVerified = dismissal.Verified,
                    Reason = dismissal.Reason,
                }
                : null,
        };

    private static EventState Stored(Event.Types.State state) =>
        state switch
        {
            Event.Types.State.Owed => EventState.Owed,
            Event.Types.State.Published => EventState.Published,
            Event.Types.State.SetAside => EventState.Aside,
            Event.Types.State.Failed => EventState.Failed,
            _ => EventState.Dismissed,
        };
}
