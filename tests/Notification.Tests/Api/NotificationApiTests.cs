using EarlyWarning.Notification.Api;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Hosting;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Api;

public sealed partial class NotificationApiTests : IAsyncLifetime
{
    private readonly FakeCall _call = new();
    private TestSuite _suite = null!;
    private NotificationApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _suite = await TestSuite.StartAsync(
            Recipient("a", "operator"),
            Recipient("b", "operator", "countries: [XAB]"),
            Recipient("c", "un-office"),
            Recipient("d", "focal-point", "countries: [XAB]")
        );
        var grains = Grains.Of(new DirectoryGrain(_suite.Get<DirectorySource>()));
        var register = _suite.Get<MessageRegister>();
        _api = new(
            grains,
            register,
            _suite.Get<MessageWriter>(),
            _suite.Get<Redelivery>(),
            new NotificationFilters(grains, register, _suite.Get<Suite>()),
            new(() => ("TESTSUIT", "secret")),
            _suite.Time
        );
    }

    public ValueTask DisposeAsync() => _suite.DisposeAsync();

    [Fact]
    public async Task ListNotifications_OfARecipientThatIsNotThere_IsRefusedInsteadOfEmpty()
    {
        Assert.Empty((await _api.ListNotifications(new() { Recipient = "recipients/b", Countries = { "XAB" } }, _call)).Notifications);
        foreach (
            var request in new V1.ListNotificationsRequest[]
            {
                new() { Recipient = "recipients/nobody" },
                new() { Recipient = "recipients/b", Countries = { "XAC" } },
            }
        )
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => _api.ListNotifications(request, _call));
            Assert.Equal(StatusCode.NotFound, error.StatusCode);
        }
    }

    [Fact]
    public async Task ListNotifications_InPagesWhileMoreComeIn_ShowsEachOnceNewestFirst()
    {
        for (var i = 1; i <= 5; i++)
        {
            await _suite.DeliverAsync(Breach($"XAB-{i}"));
        }

        var first = await PageAsync("");
        await _suite.DeliverAsync(Breach("XAB-6"));
        var second = await PageAsync(first.NextPageToken);
        var third = await PageAsync(second.NextPageToken);

        Assert.Equal(
            ["breaches/XAB-5", "breaches/XAB-4", "breaches/XAB-3", "breaches/XAB-2", "breaches/XAB-1"],
            first.Notifications.Concat(second.Notifications).Concat(third.Notifications).Select(n => n.Breach)
        );
        Assert.Equal((5, 6, ""), (first.TotalSize, third.TotalSize, third.NextPageToken));

        async Task<V1.ListNotificationsResponse> PageAsync(string token) =>
            await _api.ListNotifications(
                new()
                {
                    Recipient = "recipients/a",
                    PageSize = 2,
                    PageToken = token,
                },
                _call
            );
    }

    [Fact]
    public async Task ListNotifications_Filters_KeepWhatTheySay()
    {
        await _suite.DeliverAsync(Breach("XAB-1"));
        _suite.Advance(TimeSpan.FromHours(1));
        await _suite.DeliverAsync(Breach("XAC-1", "XAC", severity: V1.Severity.Advisory));
        await _suite.DeliverAsync(Escalation());
        await _suite.MarkAsync((await _suite.InboxAsync("d"))[0].Name, acknowledged: true);

        Assert.Equal(4, await CountAsync(new()));
        Assert.Equal(2, await CountAsync(new() { Recipient = "recipients/a" }));
        Assert.Equal(1, await CountAsync(new() { Recipient = "recipients/a", Breach = "breaches/XAC-1" }));
        Assert.Equal(3, await CountAsync(new() { Breach = "breaches/XAB-1" }));
        Assert.Equal(1, await CountAsync(new() { Case = "cases/c1" }));
        Assert.Equal(1, await CountAsync(new() { Countries = { "XAC" } }));
        Assert.Equal(4, await CountAsync(new() { Countries = { "XAB", "XAC" } }));
        Assert.Equal(2, await CountAsync(new() { Countries = { "XAB", "XAC" }, Recipient = "recipients/a" }));
        Assert.Equal(1, await CountAsync(new() { State = State.Acknowledged }));
        Assert.Equal(3, await CountAsync(new() { State = State.Delivered }));
        Assert.Equal(1, await CountAsync(new() { Severity = V1.Severity.Advisory }));
        Assert.Equal(2, await CountAsync(new() { CreatedFrom = Start.AddMinutes(1).ToTimestamp() }));
        Assert.Equal(2, await CountAsync(new() { CreatedBefore = Start.AddMinutes(1).ToTimestamp() }));

        async Task<long> CountAsync(V1.ListNotificationsRequest request)
        {
            var answer = await _api.ListNotifications(request, _call);
            Assert.Equal(answer.TotalSize, answer.Notifications.Count);
            return answer.TotalSize;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public async Task ListNotifications_OfOneOrManyCountries_ReadsThemByTheirIndex(int countries)
    {
        var filter = new MessageFilter(new() { Countries = { Enumerable.Repeat("XAB", countries) } });
        foreach (
            var sql in new[]
            {
                $"select count(*) from notification_message m {filter.Where}",
                $"select m.id from notification_message m {filter.Where} order by m.seq desc limit 51",
            }
        )
        {
            var plan = await _suite.Store.ReadAsync(new($"explain query plan {sql}", filter.Values), row => row.GetString(3), default);
            Assert.Contains(plan, line => line.Contains("notification_message_country (country=?", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task ListRecipients_OfSomeCountries_AreThoseWhomOneOfThemConcerns()
    {
        Assert.Equal(["a", "b", "c", "d"], await IdsAsync());
        Assert.Equal(["a", "c"], await IdsAsync("XAC"));
        Assert.Equal(["a", "b", "c", "d"], await IdsAsync("XAC", "XAB"));
        await Assert.ThrowsAsync<RpcException>(() => IdsAsync("FRA"));

        async Task<List<string>> IdsAsync(params string[] countries)
        {
            var first = await _api.ListRecipients(new() { Countries = { countries }, PageSize = 1 }, _call);
            var rest = await _api.ListRecipients(new() { Countries = { countries }, PageToken = first.NextPageToken }, _call);
            return [.. first.Recipients.Concat(rest.Recipients).Select(one => one.Name["recipients/".Length..])];
        }
    }

    [Fact]
    public async Task ListNotifications_FiltersThatCannotBe_AreRefused()
    {
        V1.ListNotificationsRequest[] requests =
        [
            new() { Countries = { "FRA" } },
            new() { State = (State)77 },
            new() { Severity = (V1.Severity)9 },
            new() { Recipient = "a" },
            new() { CreatedFrom = Start.ToTimestamp(), CreatedBefore = Start.ToTimestamp() },
            new() { PageSize = -1 },
        ];

        foreach (var request in requests)
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => _api.ListNotifications(request, _call));
            Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        }
    }

    [Fact]
    public async Task ListRecipients_InPages_ComesByName()
    {
        var first = await _api.ListRecipients(new() { PageSize = 2 }, _call);
        var second = await _api.ListRecipients(new() { PageSize = 2, PageToken = first.NextPageToken }, _call);

        Assert.Equal(
            ["recipients/a", "recipients/b", "recipients/c", "recipients/d"],
            first.Recipients.Concat(second.Recipients).Select(r => r.Name)
        );
        Assert.Empty(second.NextPageToken);
    }

    [Fact]
    public async Task GetNotification_Unknown_IsNotFound() =>
        Assert.Equal(
            StatusCode.NotFound,
            (await Assert.ThrowsAsync<RpcException>(() => _api.GetNotification(new() { Name = "notifications/x" }, _call))).StatusCode
        );

    [Theory]
    [InlineData("notifications/x:unknown")]
    [InlineData("breaches/x")]
    [InlineData("notifications/")]
    public async Task GetNotification_NotAName_IsInvalid(string name) =>
        Assert.Equal(
            StatusCode.InvalidArgument,
            (await Assert.ThrowsAsync<RpcException>(() => _api.GetNotification(new() { Name = name }, _call))).StatusCode
        );

    [Fact]
    public async Task ListNotifications_TokenOfAnotherList_IsRefused()
    {
        var token = (await _api.ListRecipients(new() { PageSize = 1 }, _call)).NextPageToken;

        var error = await Assert.ThrowsAsync<RpcException>(() => _api.ListNotifications(new() { PageToken = token }, _call));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }
}
