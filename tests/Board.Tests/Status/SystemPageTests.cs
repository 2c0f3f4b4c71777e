using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Live;
using EarlyWarning.Board.Status;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board.Tests.Status;

public sealed class SystemPageTests : PageContext
{
    private readonly AnsweringCalls _calls = new();

    public SystemPageTests()
    {
        Services.AddSingleton(new SuiteClient(_calls));
        SetRendererInfo(new RendererInfo("Server", true));
    }

    [Fact]
    public void Page_ToWhoeverMayNotReadTheStatus_SaysWhoMay_AndAsksNothing()
    {
        var page = Show<SystemPage>(Known.Sight(State(), new Viewer(null) { Lacks = [Permission.StatusRead] }));

        Assert.Contains("Operators and administrators of the world", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".strip"));
        Assert.Empty(_calls.Asked);
    }

    [Fact]
    public void Page_OfASuiteToWhichNothingWasSent_SaysThatThatIsNotWell()
    {
        var page = Show<SystemPage>(Known.Sight(State()));

        Assert.Contains("has not been tried", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("That is not the same as well", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_ThatIsSilent_IsNamedBeforeThoseThatAreHeard_WithWhatToDo()
    {
        _calls.With("ListSources", () => new ListSourcesResponse
            {
                Sources =
                {
                    new ObservationSource { Name = "harvest-desk", RecordTime = Known.Now.AddDays(-20).ToTimestamp() },
                    new ObservationSource { Name = "press-desk", RecordTime = Known.Now.AddMinutes(-2).ToTimestamp() },
                },
            });

        var rows = Show<SystemPage>(Known.Sight(State())).FindAll("[data-source]");

        Assert.Equal(["harvest-desk", "press-desk"], rows.Select(row => row.GetAttribute("data-source")));
        Assert.Contains("silent for more than 14 days", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("/runbook#earlywarningsourcesilent", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("heard", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Part_ThatIsNotAnswered_IsNotKnown_AndTheOthersAreAsEver()
    {
        _calls.With("ListSources", () => throw new RpcException(new(StatusCode.Unavailable, "No process runs indicators.")));
        _calls.With("ListNotifications", () => throw new RpcException(new(StatusCode.Unavailable, "No process runs notification.")));

        var page = Show<SystemPage>(Known.Sight(State()));

        Assert.Contains("Who has sent observations is not known. No process runs indicators.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("What is owed is not known.", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("No message waits", page.Markup, StringComparison.Ordinal);
        Assert.Contains("None was set aside, and none has failed.", page.Markup, StringComparison.Ordinal);
        Assert.Equal("The path of a warning works, from observation to case.", page.Find("h1").TextContent);
    }

    [Fact]
    public void Event_SetAside_IsTriedAgain_OrDismissedWithAReason()
    {
        Aside();
        var page = Show<SystemPage>(Known.Sight(State(), Desk()));

        page.Find("[data-event] button").Click();
        Assert.Equal("events/FJI-1", _calls.Last<RetryEventRequest>().Name);

        page.FindAll("[data-event] button")[1].Click();
        Assert.Contains("Gives up events/FJI-1", page.Find("dialog").TextContent, StringComparison.Ordinal);
        page.Find("#act-note").Change("Told by telephone.");
        page.Find("dialog form").Submit();
        Assert.Equal("Told by telephone.", _calls.Last<DismissEventRequest>().Reason);
    }

    [Fact]
    public void Event_ThatIsRefused_StaysInTheDialog_WithTheSuitesWords()
    {
        Aside();
        _calls.With("DismissEvent", () => throw new RpcException(new(StatusCode.FailedPrecondition, "It goes on by itself.")));
        var page = Show<SystemPage>(Known.Sight(State(), Desk()));

        page.FindAll("[data-event] button")[1].Click();
        page.Find("#act-note").Change("Told.");
        page.Find("dialog form").Submit();

        Assert.Equal("It goes on by itself.", page.Find("dialog .refused").TextContent);
    }

    [Fact]
    public void Event_WhereNobodyIsAskedWhoTheyAre_IsNotOfferedToBeDismissed()
    {
        Aside();

        Assert.Single(Show<SystemPage>(Known.Sight(State())).FindAll("[data-event] button"));
    }

    [Fact]
    public void Owed_ToADestination_IsSentAgain_ByWhoeverMay()
    {
        Notification message = new()
        {
            Recipient = "recipients/desk",
            RecipientName = "Desk",
            CreateTime = Known.Now.ToTimestamp(),
            Deliveries =
            {
                new Delivery
                {
                    ChannelId = "hook",
                    Channel = ChannelKind.Webhook,
                    State = Delivery.Types.State.GivenUp,
                },
            },
        };
        _calls.With("ListNotifications", () => new ListNotificationsResponse { Notifications = { message }, TotalSize = 1 });

        Show<SystemPage>(Known.Sight(State(), Desk())).Find("[data-owed] button").Click();

        var sent = _calls.Last<RedeliverNotificationsRequest>();
        Assert.Equal(("recipients/desk", "hook"), (sent.Recipient, sent.Channel));
        Viewer reviewer = new(null) { Lacks = [Permission.NotificationRedeliver] };
        Assert.Empty(Show<SystemPage>(Known.Sight(State(), reviewer)).FindAll("[data-owed] button"));
    }

    [Fact]
    public void Acts_OnTheSuite_AreThoseThatItsStateAsksFor_AndTheRoleHolds()
    {
        Assert.Equal(["Unarm…"], Offers(State(), Desk()));
        Assert.Empty(Offers(State(), Desk() with { Lacks = [Permission.SuiteManage] }));
        Assert.Equal(["Arm…", "Take the store over…"], Offers(State(Health.Failing), Desk()));
        Assert.Equal(["Arm…"], Offers(State(Health.Failing), Desk() with { Lacks = [Permission.SuiteManage] }));
    }

    [Fact]
    public void Fault_OfTheStatus_StandsWithWhatToDoAndTheRunbooksSection()
    {
        var fault = Show<SystemPage>(Known.Sight(State(Health.Failing))).Find("[data-subject=arming]");

        Assert.Contains("Do it.", fault.TextContent, StringComparison.Ordinal);
        Assert.NotNull(fault.QuerySelector("a[href='/runbook#earlywarningunarmed']"));
    }

    private IEnumerable<string> Offers(BoardState state, Viewer viewer) =>
        Show<SystemPage>(Known.Sight(state, viewer)).FindAll("section[aria-labelledby=arming] button").Select(button => button.TextContent);

    private static Viewer Desk() => new(null) { Name = "desk" };

    private void Aside() => _calls.With("ListEvents", () => _calls.Last<ListEventsRequest>().State == Event.Types.State.SetAside
                ? new ListEventsResponse
                {
                    Events =
                    {
                        new Event
                        {
                            Name = "events/FJI-1",
                            Type = "earlywarning.v1.breach.firing",
                            State = Event.Types.State.SetAside,
                            CreateTime = Known.Now.ToTimestamp(),
                        },
                    },
                    TotalSize = 1,
                }
                : new ListEventsResponse());

    private static BoardState State(Health health = Health.Ok) =>
        Known.State() with
        {
            Status = new()
            {
                PathHealth = health,
                Lines =
                {
                    new[] { "intake", "sources", "countries", "arming", "outbox", "directory", "undelivered", "cases", "store" }.Select(
                        subject => new StatusLine
                        {
                            Subject = subject,
                            Heading = Heading.Path,
                            Health = subject is "arming" or "intake" ? health : Health.Ok,
                            Text = "It says so.",
                            Action = health == Health.Ok ? "" : "Do it.",
                        }
                    ),
                },
            },
        };
}
