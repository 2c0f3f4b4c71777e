using System.Diagnostics;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Tracing;

/// <summary>Follows a warning from a partner's span to its receiver, as whoever runs a collector sees it.</summary>
public sealed class TracingTests(TracedSuite traced) : IClassFixture<TracedSuite>
{
    [Fact]
    public async Task Warning_OfAPartnersSpan_IsOneTraceToItsReceiver()
    {
        var partner = TracedSuite.NewContext();
        await traced.RecordAsync("KEN", 88, partner);
        var told = await traced.ToldAsync("KEN");
        Assert.Equal(partner.TraceId.ToString(), TraceOf(told));

        string[] way =
        [
            "earlywarning.v1.ObservationService/RecordObservation",
            "decide",
            "commit",
            "publish threshold-breaches",
            "process threshold-breaches",
            "deliver webhook",
        ];
        var spans = await Eventually.GetAsync(
            () => Task.FromResult(traced.Collector.Of(partner.TraceId.ToString())),
            spans =>
                !way.Except(spans.Select(span => span.Name)).Any() && spans.Count(span => span.Name == "process threshold-breaches") == 2,
            $"spans {string.Join(", ", way)}, and one of each service that handles it"
        );
        var call = spans.Single(span => span.Name == way[0]);
        Assert.Equal(partner.SpanId.ToString(), call.Parent);
        Assert.Equal("grpc", call.Attributes["rpc.system"]);
        Assert.Equal("RecordObservation", call.Attributes["rpc.method"]);

        // From the receiver back to the partner every span is known, and names the one before it.
        var path = new List<string>();
        for (var id = SpanOf(told); id != partner.SpanId.ToString(); )
        {
            var span = spans.Single(span => span.Id == id);
            path.Insert(0, span.Name);
            id = span.Parent;
        }

        Assert.Equal([way[0], "EarlyWarning.Contracts.Countries.ICountryGrain/RecordAsync", "decide", way[3], way[4], way[5]], path);
        var published = spans.First(span => span.Name == "publish threshold-breaches");
        Assert.Equal("threshold-breaches", published.Attributes["messaging.destination.name"]);
        Assert.Equal("sqlite", spans.First(span => span.Name == "commit").Attributes["db.system.name"]);
        Assert.Equal("early-warning", published.Resource["service.name"]);
        Assert.Equal("actual", published.Resource["deployment.environment.name"]);
        Assert.True(published.Resource.ContainsKey("service.version") && published.Resource.ContainsKey("service.instance.id"));
    }

    [Fact]
    public async Task Warning_CommittedBeforeARestartAndPublishedAfterIt_IsInThePartnersTrace()
    {
        var told = await traced.ToldAsync("UGA");
        Assert.Equal(traced.BeforeTheRestart.TraceId.ToString(), TraceOf(told));
        await Eventually.HoldsAsync(
            () => traced.Collector.Of(TraceOf(told)).Any(span => span.Id == SpanOf(told) && span.Name == "deliver webhook"),
            "the attempt's span is collected"
        );
    }

    [Fact]
    public async Task LaterAttempt_AndLaterStep_HaveTracesOfTheirOwn_LinkedWithTheFirst()
    {
        traced.Receiver.Answer = static (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var partner = TracedSuite.NewContext();
        await traced.RecordAsync("GHA", 88, partner);
        var first = await traced.ToldAsync("GHA");
        traced.Receiver.Answer = static (_, _) => Task.CompletedTask;
        var second = await traced.ToldAsync("GHA", nth: 2);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(partner.TraceId.ToString(), TraceOf(first));
        Assert.NotEqual(TraceOf(first), TraceOf(second));

        var linked = partner.TraceId.ToString();
        foreach (
            var (name, attribute, value) in new[] { ("deliver webhook", "earlywarning.attempt", "2"), ("climb", "earlywarning.step", "1") }
        )
        {
            await Eventually.HoldsAsync(
                () =>
                    traced.Collector.Spans.Any(span =>
                        span.Name == name
                        && span.Parent.Length == 0
                        && span.Attributes[attribute] == value
                        && span.Links.Any(link => link.Trace == linked)
                    ),
                $"a span {name} of its own trace is linked",
                seen: () => string.Join('\n', traced.Collector.Spans.Where(span => span.Name == name))
            );
        }

        // Who reads of the failure in the log finds its trace.
        Assert.Contains(traced.Suite.Output.Split('\n'), line =>
            line.Contains("503", StringComparison.Ordinal) && line.Contains(linked, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task BatchOfAStream_HasATraceOfItsOwn_LinkedWithTheStreams()
    {
        var partner = TracedSuite.NewContext();
        using var stream = new ObservationService.ObservationServiceClient(traced.Suite.Channel).StreamObservations(
            new Grpc.Core.Metadata { { "traceparent", TracedSuite.Header(partner) } }
        );
        await stream.RequestStream.WriteAsync(
            new() { Sequence = 1, Observations = { Infrastructure.Definitions.Attacks("TZA", 12) } },
            TestContext.Current.CancellationToken
        );
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await stream.RequestStream.CompleteAsync();

        await Eventually.HoldsAsync(
            () =>
                traced.Collector.Spans.Any(span =>
                    span.Name == "record observations" && span.Links.Any(link => link.Trace == partner.TraceId.ToString())
                ),
            "the batch's span is linked with the stream"
        );
    }

    [Fact]
    public async Task Suite_ByItself_MakesNoTracesOfItsLooks_AndSendsItsMetrics()
    {
        await Eventually.HoldsAsync(
            () => traced.Collector.Metrics.Contains("earlywarning.status.up", StringComparison.Ordinal),
            "gauges of the suite are sent"
        );

        // What begins a trace is a call without one, or happens later; nothing of it is the suite's own looks.
        string[] beginnings =
        [
            "earlywarning.v1.CatalogueService/CreateFramework",
            "earlywarning.v1.ThresholdService/CreateThreshold",
            "record observations",
            "deliver webhook",
            "climb",
            // The board's, which is a client like any other.
            "earlywarning.v1.CatalogueService/ListFrameworks",
            "earlywarning.v1.ServerService/GetStatus",
            "earlywarning.v1.RiskService/ListCountries",
            "earlywarning.v1.NotificationService/ListRecipients",
            "earlywarning.v1.CaseService/ListCases",
        ];
        Assert.Empty(traced.Collector.Spans.Where(span => span.Parent.Length == 0).Select(span => span.Name).Except(beginnings));
    }

    private static string TraceOf(WebhookCall call) => ActivityContext.Parse(call.Headers["traceparent"], null).TraceId.ToString();

    private static string SpanOf(WebhookCall call) => ActivityContext.Parse(call.Headers["traceparent"], null).SpanId.ToString();
}
