using EarlyWarning.Host.Status;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Status;

public sealed class StatusMergeTests
{
    private const string One = "10.0.0.1:5052";
    private const string Two = "10.0.0.2:5052";

    [Fact]
    public void Merge_WhatAllSeeAlike_IsTakenFromWhoSeesItWorst()
    {
        var merged = StatusMerge.Of([
            [Line("outbox", Health.Ok, "Two wait.")],
            [Line("outbox", Health.Failing, "Three wait.")],
        ]);

        Assert.Equal("Three wait.", Assert.Single(merged).Text);
    }

    [Fact]
    public void Merge_LinesOfOneSubject_StayTogether()
    {
        var merged = StatusMerge.Of([
            [Line("destination", Health.Ok, "a"), Line("destination", Health.Ok, "b")],
            [Line("destination", Health.Ok, "a"), Line("destination", Health.Ok, "c")],
        ]);

        Assert.Equal(["a", "b"], merged.Select(line => line.Text));
    }

    [Fact]
    public void Merge_EachSaysTheSameOfItself_StandsOnceWithoutAddress()
    {
        var merged = StatusMerge.Of([
            [Line("keys", Health.Ok, "Keys: 3.", One)],
            [Line("keys", Health.Ok, "Keys: 3.", Two)],
        ]);

        Assert.Empty(Assert.Single(merged).Processes);
    }

    [Fact]
    public void Merge_OneSaysOtherwiseOfItself_IsToldApart()
    {
        var merged = StatusMerge.Of([
            [Line("keys", Health.Ok, "Keys: 3.", One)],
            [Line("keys", Health.Failing, "Gone.", Two)],
        ]);

        Assert.Equal([("Keys: 3.", One), ("Gone.", Two)], merged.Select(line => (line.Text, Assert.Single(line.Processes))));
    }

    private static StatusLine Line(string subject, Health health, string text, params string[] processes) =>
        new()
        {
            Subject = subject,
            Health = health,
            Text = text,
            Processes = { processes },
        };
}
