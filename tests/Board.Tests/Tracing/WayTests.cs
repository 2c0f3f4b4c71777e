using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Tracing;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Tests.Tracing;

public sealed class WayTests
{
    [Fact]
    public void Way_FromEachStop_IsWalkedForthAndBack()
    {
        var of = Known.Case("AAA");
        of.Breaches.Add("breaches/AAA-b");
        of.Entries.Add(
            new CaseEntry
            {
                Number = 3,
                Kind = CaseEntry.Types.Kind.Acknowledged,
                Time = Known.Now.ToTimestamp(),
            }
        );
        of.Entries.Add(
            new CaseEntry
            {
                Number = 4,
                Kind = CaseEntry.Types.Kind.Told,
                Time = Known.Now.ToTimestamp(),
            }
        );
        TraceResponse trace = new()
        {
            Observations = { Observed("AAA"), Observed("BBB") },
            Breaches =
            {
                new Breach
                {
                    Name = "breaches/AAA-b",
                    Country = "AAA",
                    FireTime = Known.Now.ToTimestamp(),
                },
            },
            Cases = { of },
            Notifications =
            {
                new Notification
                {
                    Name = "notifications/AAA-n",
                    Case = of.Name,
                    Breach = "breaches/AAA-b",
                    CreateTime = Known.Now.ToTimestamp(),
                },
                new Notification
                {
                    Name = "notifications/AAA-m",
                    Breach = "breaches/AAA-b",
                    CreateTime = Known.Now.ToTimestamp(),
                },
            },
        };
        trace.Breaches[0].Movements.Add(new Movement { ObservationIds = { "o-1" } });

        Way way = new(trace);

        var (observation, breach) = (way.Stops[0], Assert.Single(way.Stops, one => one.Kind == "breach"));
        Assert.Equal([breach], way.After(observation));
        Assert.Empty(way.After(way.Stops[1]));
        Assert.Equal([observation], way.Before(breach));
        Assert.Equal(["case", "message"], way.After(breach).Select(one => one.Kind));
        var stop = Assert.Single(way.Stops, one => one.Kind == "case");
        Assert.Equal(["notifications/AAA-n", ""], way.After(stop).Select(one => one.Id));
        var answer = Assert.Single(way.Stops, one => one.Kind == "answer");
        Assert.Equal(($"/{of.Name}#entry-3", stop), (answer.Page, Assert.Single(way.Before(answer))));
        Assert.DoesNotContain(way.Stops, one => one.Kind == "decision");
    }

    [Theory]
    [InlineData("cases/KEN-1", "/trace/cases/KEN-1")]
    [InlineData("partner:2026/05 a", "/trace/partner%3A2026/05%20a")]
    public void AddressOf_AnId_KeepsItsSlashesAndNothingElseThatAnAddressReads(string id, string expected) =>
        Assert.Equal(expected, Way.AddressOf(id));

    private static Observation Observed(string country) =>
        new()
        {
            ObservationId = "o-1",
            Country = country,
            Indicator = "i",
            Value = 1,
            ObservedAt = Known.Now.ToTimestamp(),
        };
}
