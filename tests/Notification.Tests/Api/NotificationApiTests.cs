using EarlyWarning.Notification.Api;
using EarlyWarning.Notification.Tests.Infrastructure;
using Grpc.Core;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Api;

public sealed class NotificationApiTests : IAsyncLifetime
{
    private DeskCluster _cluster = null!;
    private NotificationApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await DeskCluster.StartAsync(Recipient("a", "operator"), Recipient("b", "operator"), Recipient("c", "un_office"));
        _api = new(_cluster.Grains);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task ListNotifications_OfARecipientThatIsNotThere_IsRefusedInsteadOfEmpty()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => _api.ListNotifications(new() { Recipient = "recipients/nobody" }, null!));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task ListNotifications_ByRecipientInPages_FollowsTheTokens()
    {
        for (var i = 1; i <= 3; i++)
        {
            await _cluster.DeliverAsync(Breach($"XAB-{i}"));
        }

        var first = await _api.ListNotifications(new() { Recipient = "recipients/a", PageSize = 2 }, null!);
        var second = await _api.ListNotifications(new() { Recipient = "recipients/a", PageSize = 2, PageToken = first.NextPageToken }, null!);

        Assert.Equal(["breaches/XAB-3", "breaches/XAB-2", "breaches/XAB-1"], first.Notifications.Concat(second.Notifications).Select(n => n.Breach));
        Assert.All(first.Notifications, n => Assert.Equal("recipients/a", n.Recipient));
        Assert.Empty(second.NextPageToken);
    }

    [Fact]
    public async Task ListRecipients_InPages_ComesByName()
    {
        var first = await _api.ListRecipients(new() { PageSize = 2 }, null!);
        var second = await _api.ListRecipients(new() { PageSize = 2, PageToken = first.NextPageToken }, null!);

        Assert.Equal(["recipients/a", "recipients/b", "recipients/c"], first.Recipients.Concat(second.Recipients).Select(r => r.Name));
        Assert.Empty(second.NextPageToken);
    }

    [Fact]
    public async Task GetNotification_Unknown_IsNotFound() => Assert.Equal(
        StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => _api.GetNotification(new() { Name = "notifications/x" }, null!))).StatusCode);

    [Theory]
    [InlineData("notifications/x:unknown")]
    [InlineData("breaches/x")]
    [InlineData("notifications/")]
    public async Task GetNotification_NotAName_IsInvalid(string name) => Assert.Equal(
        StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => _api.GetNotification(new() { Name = name }, null!))).StatusCode);

    [Fact]
    public async Task ListNotifications_TokenOfAnotherList_IsRefused()
    {
        var token = (await _api.ListRecipients(new() { PageSize = 1 }, null!)).NextPageToken;

        var error = await Assert.ThrowsAsync<RpcException>(() => _api.ListNotifications(new() { PageToken = token }, null!));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }
}
