using System.Diagnostics;
using EarlyWarning.Store.Tracing;

namespace EarlyWarning.Store.Tests.Tracing;

public sealed class TracesTests : IDisposable
{
    private const string Kept = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private readonly ActivitySource _source = new($"{nameof(TracesTests)}.{Guid.NewGuid()}");
    private ActivityListener? _listener;

    public void Dispose()
    {
        _listener?.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void Spans_WhereNobodyListens_AreNoneAndAllocateNothing()
    {
        // What a process sets up once, at the first call, is no cost of a call.
        Assert.Null(_source.StartChild("publish", ActivityKind.Producer, Kept));
        Assert.Empty(Traces.Current);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _source.StartChild("publish", ActivityKind.Producer, Kept)?.Dispose();
            _ = Traces.Current;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Child_OfWhatIsKept_IsInItsTrace_WhateverRunsNow()
    {
        Listen();
        using var other = _source.StartActivity("other");
        using var span = _source.StartChild("publish", ActivityKind.Producer, Kept);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", span!.TraceId.ToString());
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToString());
        Assert.Equal(span.Id, Traces.Current);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00-nothing-of-the-kind")]
    public void Child_OfNothingThatCanBeRead_BeginsATrace(string kept)
    {
        Listen();
        using var other = _source.StartActivity("other");
        using var span = _source.StartChild("publish", ActivityKind.Producer, kept);

        Assert.Equal(default, span!.ParentSpanId);
        Assert.NotEqual(other!.TraceId, span.TraceId);
    }

    [Fact]
    public void Linked_WithWhatIsKept_HasATraceOfItsOwnAndNamesEachCauseOnce()
    {
        Listen();
        using var span = _source.StartLinked("climb", ActivityKind.Internal, Kept, "", Kept);

        Assert.NotEqual("0af7651916cd43dd8448eb211c80319c", span!.TraceId.ToString());
        Assert.Equal(default, span.ParentSpanId);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Assert.Single(span.Links).Context.TraceId.ToString());
    }

    private void Listen()
    {
        _listener = new()
        {
            ShouldListenTo = source => source == _source,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_listener);
    }
}
