using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Messages;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.Store.Requests;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Notification.Api;

/// <summary>Serves the contract from the rows and the directory.</summary>
internal sealed class NotificationApi(
    IGrainFactory grains,
    MessageRegister register,
    MessageWriter writer,
    Redelivery redelivery,
    NotificationFilters filters,
    PageTokens tokens,
    TimeProvider time
) : V1.NotificationService.NotificationServiceBase
{
    public override async Task<V1.GetNotificationResponse> GetNotification(V1.GetNotificationRequest request, ServerCallContext context) =>
        new() { Notification = (await FindAsync(request.Name, context)).Shown() };

    public override async Task<V1.ListNotificationsResponse> ListNotifications(
        V1.ListNotificationsRequest request,
        ServerCallContext context
    )
    {
        filters.Check(request);
        var before = tokens.Decode(request, "page_token", request.PageToken, empty: long.MaxValue);
        var size = PageTokens.Size(request.PageSize, 50, 500);
        var found = await register.ListAsync(request, before, size + 1, context.CancellationToken);
        if (found.Count == 0)
        {
            await filters.CheckNamesAsync(request, context.CancellationToken);
        }

        var shown = found.Select(one => one.Shown()).ToList();
        var fit = PageFit.Count(shown, size);
        return new()
        {
            Notifications = { shown.Take(fit) },
            NextPageToken = found.Count > fit ? tokens.Encode(request, found[fit - 1].Seq) : "",
            TotalSize = await register.CountAsync(request, context.CancellationToken),
        };
    }

    public override async Task<V1.ReadNotificationResponse> ReadNotification(
        V1.ReadNotificationRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            Notification = await MarkAsync(
                request.Name,
                request.Etag,
                acknowledged: false,
                one => new V1.ReadNotificationResponse { Notification = one },
                context
            ),
        };

    public override async Task<V1.AcknowledgeNotificationResponse> AcknowledgeNotification(
        V1.AcknowledgeNotificationRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            Notification = await MarkAsync(
                request.Name,
                request.Etag,
                acknowledged: true,
                one => new V1.AcknowledgeNotificationResponse { Notification = one },
                context
            ),
        };

    public override async Task<V1.RedeliverNotificationResponse> RedeliverNotification(
        V1.RedeliverNotificationRequest request,
        ServerCallContext context
    )
    {
        var message = await FindAsync(request.Name, context);
        if (!await redelivery.MessageAsync(message, request.Etag, RequestMarks.Of(context), context.CancellationToken))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "name",
                message.Told.Recipient.Length > 0
                    ? $"Nothing of {request.Name} is left to send: every channel has it, or it was acknowledged."
                    : $"{request.Name} has nobody to go to. {message.Told.Reason}",
                StatusCode.FailedPrecondition
            );
        }

        return new() { Notification = (await FindAsync(request.Name, context)).Shown() };
    }

    public override async Task<V1.RedeliverNotificationsResponse> RedeliverNotifications(
        V1.RedeliverNotificationsRequest request,
        ServerCallContext context
    )
    {
        RequestFilters.Name("recipient", request.Recipient, NotificationFilters.Recipients);
        if (!await redelivery.HasAnyAsync(request.Recipient, request.Channel, context.CancellationToken))
        {
            await filters.CheckChannelAsync(request.Recipient, request.Channel);
        }

        return new()
        {
            Notifications = await redelivery.RecipientAsync(
                request.Recipient,
                request.Channel,
                RequestMarks.Of(context),
                context.CancellationToken
            ),
        };
    }

    public override async Task<V1.ListRecipientsResponse> ListRecipients(V1.ListRecipientsRequest request, ServerCallContext context)
    {
        filters.Check(request);
        var skip = (int)Math.Min(tokens.Decode(request, "page_token", request.PageToken), int.MaxValue);
        var size = PageTokens.Size(request.PageSize, 100, 1000);
        var kept = (await grains.GetGrain<IDirectoryGrain>(0).ListAsync())
            .Where(one => NotificationFilters.Concerns(request.Countries, one))
            .ToList();
        return new()
        {
            Recipients = { kept.Skip(skip).Take(size) },
            NextPageToken = kept.Count - skip > size ? tokens.Encode(request, skip + size) : "",
        };
    }

    private async Task<Message> FindAsync(string name, ServerCallContext context)
    {
        RequestFilters.Name("name", name, Message.Names);
        return await register.FindAsync(Message.IdOf(name), context.CancellationToken) ?? throw Fault.NotFound(name);
    }

    private async Task<V1.Notification> MarkAsync(
        string name,
        string etag,
        bool acknowledged,
        Func<V1.Notification, IMessage> response,
        ServerCallContext context
    )
    {
        var found = await FindAsync(name, context);
        if (found.Told.Recipient.Length == 0)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "name",
                $"{name} went to nobody: it records why nobody was told.",
                StatusCode.FailedPrecondition
            );
        }

        var caller = Caller.Of(context);
        var reader = caller.Verified ? caller.Name : $"{caller.Name} (as declared)";
        var mark = RequestMarks.Of(context);
        var marked = await writer.ChangeAsync(
            found.Id,
            (before, change) =>
            {
                before.CheckEtag(etag);
                change.Mark(acknowledged, reader);
            },
            context.CancellationToken,
            (unit, after) => unit.KeepRequest(mark, response(after.Shown()).ToByteArray(), time.GetUtcNow())
        );
        return (marked ?? throw Fault.NotFound(name)).Shown();
    }
}
