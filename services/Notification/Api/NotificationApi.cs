using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Cases;
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
    private const string Notifications = "notifications/";
    private const string Recipients = "recipients/";

    private IDeskGrain Desk => grains.GetGrain<IDeskGrain>(0);

    public override async Task<V1.GetNotificationResponse> GetNotification(V1.GetNotificationRequest request, ServerCallContext context)
    {
        RequestFilters.Name("name", request.Name, Notifications);
        var found = await grains.GetGrain<INotificationDeskGrain>(0).GetAsync(request.Name);
        return new() { Notification = found ?? throw Fault.NotFound(request.Name) };
    }

    public override async Task<V1.ListNotificationsResponse> ListNotifications(V1.ListNotificationsRequest request, ServerCallContext context)
    {
        RequestFilters.Name("recipient", request.Recipient, Recipients, optional: true);
        RequestFilters.Name("breach", request.Breach, "breaches/", optional: true);
        RequestFilters.Name("case", request.Case, "cases/", optional: true);
        var before = PageToken.Decode(request, "page_token", request.PageToken, empty: long.MaxValue);
        var page = await Desk.PageAsync(request, before, PageToken.Size(request.PageSize, 50, 500));
        if (page.Items.Count == 0)
        {
            await CheckFiltersAsync(request);
        }

        return new()
        {
            Notifications = { page.Items },
            NextPageToken = page.Before > 0 ? PageToken.Encode(request, page.Before) : "",
        };
    }

    public override async Task<V1.ReadNotificationResponse> ReadNotification(V1.ReadNotificationRequest request, ServerCallContext context) =>
        new() { Notification = await MarkAsync(request.Name, acknowledged: false, context) };

    public override async Task<V1.AcknowledgeNotificationResponse> AcknowledgeNotification(
        V1.AcknowledgeNotificationRequest request, ServerCallContext context) =>
        new() { Notification = await MarkAsync(request.Name, acknowledged: true, context) };

    public override async Task<V1.ListRecipientsResponse> ListRecipients(V1.ListRecipientsRequest request, ServerCallContext context)
    {
        var skip = (int)Math.Min(PageToken.Decode(request, "page_token", request.PageToken), int.MaxValue);
        var size = PageToken.Size(request.PageSize, 100, 1000);
        var all = await grains.GetGrain<IDirectoryGrain>(0).ListAsync();
        return new()
        {
            Recipients = { all.Skip(skip).Take(size) },
            NextPageToken = all.Count - skip > size ? PageToken.Encode(request, skip + size) : "",
        };
    }

    private async Task<V1.Notification> MarkAsync(string name, bool acknowledged, ServerCallContext context)
    {
        RequestFilters.Name("name", name, Notifications);
        var caller = Caller.Of(context);
        var marked = await Desk.MarkAsync(name, acknowledged, caller.Name, caller.Verified) ?? throw Fault.NotFound(name);
        return marked.Recipient.Length > 0
            ? marked
            : throw Fault.Field(V1.ErrorReason.InvalidField, "name", $"{name} went to nobody: it records why nobody was told.", StatusCode.FailedPrecondition);
    }

    // Whoever was told once may have left the directory, and is known by what was sent.
    private async Task CheckFiltersAsync(V1.ListNotificationsRequest request)
    {
        if (request.Recipient.Length > 0 && await grains.GetGrain<IDirectoryGrain>(0).GetAsync(request.Recipient) is null
            && (await Desk.PageAsync(new() { Recipient = request.Recipient }, long.MaxValue, 1)).Items.Count == 0)
        {
            throw Fault.NotFound(request.Recipient);
        }

        if (request.Breach.Length > 0 && await grains.GetGrain<IBreachRegisterGrain>(0).GetAsync(request.Breach) is null)
        {
            throw Fault.NotFound(request.Breach);
        }

        if (request.Case.Length > 0 && await grains.GetGrain<ICaseRegisterGrain>(0).GetAsync(request.Case) is null)
        {
            throw Fault.NotFound(request.Case);
        }
    }
}
