using System.Security.Cryptography;
using System.Text;
using EarlyWarning.Notification.Desk;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Journal;
using Google.Protobuf;

namespace EarlyWarning.Notification.Routing;

/// <summary>Plans what an event leads to. Pure; <see langword="null"/> says that it leads to nothing, because it was handled or is out of date.</summary>
internal static class EventPlan
{
    /// <summary>Bytes of the notices of one entry, well below the largest entry of a journal.</summary>
    private const int Room = 256 * 1024;

    public static EventHandled? For(DeskState state, DirectoryListing directory, string eventId, V1.Breach breach)
    {
        if (state.Events.Contains(eventId) || breach.Sequence <= state.BreachSequences.GetValueOrDefault(breach.Name))
        {
            return null;
        }

        // An end that comes before its beginning is told as the whole of it: the beginning, when it comes, is out of date, and nobody else
        // would ever hear that there was a breach.
        var known = state.BreachSequences.ContainsKey(breach.Name);
        var route = breach.State == V1.Breach.Types.State.Firing || !known
            ? Router.ForBreach(directory, breach)
            : Router.ForEnd(directory, state.OfBreach(breach.Name).Select(e => e.Message));
        var plan = Make(eventId, Wording.Breach(breach), route, directory, breach);
        plan.Breach = breach.Name;
        plan.BreachSequence = breach.Sequence;
        return NextPart(state, plan);
    }

    public static EventHandled? For(DeskState state, DirectoryListing directory, string eventId, V1.Escalation escalation) =>
        state.Events.Contains(eventId)
            ? null
            : NextPart(state, Make(eventId, Wording.Step(escalation), Router.ForStep(directory, escalation), directory, escalation.Case));

    /// <summary>
    /// Takes as many of the notices that are not made yet as an entry holds. The event counts as handled with the last of them: one that is
    /// interrupted in between is delivered again, and the rest is made.
    /// </summary>
    private static EventHandled NextPart(DeskState state, EventHandled plan)
    {
        var left = plan.Notices.Where(notice => state.Find($"notifications/{notice.Id}") is null).ToList();
        var bytes = 0;
        var part = left.TakeWhile((notice, place) => (bytes += notice.CalculateSize()) <= Room || place == 0).ToList();
        plan.Notices.Clear();
        plan.Notices.Add(part);
        if (part.Count < left.Count)
        {
            (plan.EventId, plan.Breach, plan.BreachSequence) = ("", "", 0);
        }

        return plan;
    }

    private static EventHandled Make(string eventId, V1.Notification message, Route route, DirectoryListing directory, IMessage source)
    {
        var plan = new EventHandled { EventId = eventId, Message = message.ToByteString(), Source = source.ToByteString() };
        foreach (var (entry, reason) in route.Tellings)
        {
            plan.Notices.Add(new Notice
            {
                Id = IdOf(eventId, entry.Recipient.Name),
                Recipient = entry.Recipient.Name,
                RecipientName = entry.Recipient.DisplayName,
                Role = (int)entry.Recipient.Role,
                Reason = reason,
                Tlp = entry.Tlp,
                Channels = { entry.Channels.Select((c, slot) => new Channel { Slot = slot, Kind = (int)c.Kind, Destination = c.Shown }) },
            });
        }

        foreach (var missing in route.Missing)
        {
            plan.Notices.Add(new Notice
            {
                Id = IdOf(eventId, missing.Recipient),
                Recipient = missing.Recipient,
                RecipientName = missing.Name,
                Role = (int)missing.Role,
                Reason = missing.Reason,
                Tlp = directory.Tlp,
            });
        }

        return plan;
    }

    /// <summary>The id of what one event tells one recipient.</summary>
    private static string IdOf(string eventId, string recipient) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{eventId}\n{recipient}")).AsSpan(0, 16));
}
