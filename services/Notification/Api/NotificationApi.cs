using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Notification.Desk;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Grpc.Core;

namespace EarlyWarning.Notification.Api;

/// <summary>Serves the contract from the desk and the directory.</summary>
internal sealed class NotificationApi(IGrainFactory grains) : V1.NotificationService.NotificationServiceBase
{
    private const string NotificationsToken = "notifications";
    private const string RecipientsToken = "recipients";

    private IDeskGrain Desk => grains.GetGrain<IDeskGrain>(0);

    public override async Task<V1.GetNotificationResponse> GetNotification(V1.GetNotificationRequest request, ServerCallContext context)
    {
        Check(request.Name, "name", "notifications/");
        var found = await grains.GetGrain<INotificationDeskGrain>(0).GetAsync(request.Name);
        return new() { Notification = found ?? throw Fault.NotFound(request.Name) };
    }

    public override async Task<V1.ListNotificationsResponse> ListNotifications(V1.ListNotificationsRequest request, ServerCallContext context)
    {
        CheckOptional(request.Recipient, "recipient", "recipients/");
        CheckOptional(request.Breach, "breach", "breaches/");
        CheckOptional(request.Case, "case", "cases/");
        var before = PageToken.Decode(NotificationsToken, request.PageToken, empty: long.MaxValue);
        var page = await Desk.PageAsync(request, before, PageToken.Size(request.PageSize, 50, 500));
        return new()
        {
            Notifications = { page.Items },
            NextPageToken = page.Before > 0 ? PageToken.Encode(NotificationsToken, page.Before) : "",
        };
    }

    public override async Task<V1.ReadNotificationResponse> ReadNotification(V1.ReadNotificationRequest request, ServerCallContext context) =>
        new() { Notification = await MarkAsync(request.Name, acknowledged: false, context) };

    public override async Task<V1.AcknowledgeNotificationResponse> AcknowledgeNotification(
        V1.AcknowledgeNotificationRequest request, ServerCallContext context) =>
        new() { Notification = await MarkAsync(request.Name, acknowledged: true, context) };

    public override async Task<V1.ListRecipientsResponse> ListRecipients(V1.ListRecipientsRequest request, ServerCallContext context)
    {
        var skip = (int)Math.Min(PageToken.Decode(RecipientsToken, request.PageToken), int.MaxValue);
        var size = PageToken.Size(request.PageSize, 100, 1000);
        var all = await grains.GetGrain<IDirectoryGrain>(0).ListAsync();
        return new()
        {
            Recipients = { all.Skip(skip).Take(size) },
            NextPageToken = all.Count - skip > size ? PageToken.Encode(RecipientsToken, skip + size) : "",
        };
    }

    private async Task<V1.Notification> MarkAsync(string name, bool acknowledged, ServerCallContext context)
    {
        Check(name, "name", "notifications/");
        var caller = Caller.Of(context);
        var marked = await Desk.MarkAsync(name, acknowledged, caller.Name, caller.Verified) ?? throw Fault.NotFound(name);
        return marked.Recipient.Length > 0
            ? marked
            : throw Fault.Field(V1.ErrorReason.InvalidField, "name", $"{name} went to nobody: it records why nobody was told.", StatusCode.FailedPrecondition);
    }

    private static void CheckOptional(string value, string field, string prefix)
    {
        if (value.Length > 0)
        {
            Check(value, field, prefix);
        }
    }

    // An unknown verb of the JSON form arrives as a part of the name.
    private static void Check(string value, string field, string prefix)
    {
        if (!value.StartsWith(prefix, StringComparison.Ordinal) || value.Length == prefix.Length || value.AsSpan(prefix.Length).IndexOfAny('/', ':') >= 0)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, field, $"'{field}' must be {prefix}{{id}}.");
        }
    }
}
