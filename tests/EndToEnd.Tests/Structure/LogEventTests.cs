using System.Reflection;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>
/// Whoever filters the log does so by an event's id or name. Each project has a thousand ids, and no id or name stands for two messages.
/// </summary>
public sealed class LogEventTests
{
    private const int IdsOfAProject = 1_000;

    private static readonly Dictionary<string, int> s_blocks = new()
    {
        ["Store"] = 1_000,
        ["Messaging"] = 2_000,
        ["Indicators"] = 3_000,
        ["Escalation"] = 4_000,
        ["Scoring"] = 5_000,
        ["Notification"] = 6_000,
        ["Risk"] = 7_000,
        ["Access"] = 8_000,
        ["Host"] = 9_000,
        ["ServiceDefaults"] = 10_000,
        ["Sidecar"] = 11_000,
        ["Ledger"] = 12_000,
        ["Board"] = 13_000,
        ["Catalogue"] = 14_000,
    };

    private static readonly (string Project, string Method, LoggerMessageAttribute Message)[] s_events =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "EarlyWarning.*.dll")
            .Where(file => !file.EndsWith("Tests.dll", StringComparison.Ordinal))
            .Select(file => Assembly.LoadFrom(file))
            .SelectMany(assembly =>
                assembly
                    .GetTypes()
                    .SelectMany(type =>
                        type.GetMethods(
                            BindingFlags.DeclaredOnly
                                | BindingFlags.Static
                                | BindingFlags.Instance
                                | BindingFlags.Public
                                | BindingFlags.NonPublic
                        )
                    )
                    .Select(method =>
                        (
                            assembly.GetName().Name!["EarlyWarning.".Length..],
                            method.Name,
                            method.GetCustomAttribute<LoggerMessageAttribute>()!
                        )
                    )
                    .Where(one => one.Item3 is not null)
            ),
    ];

    [Fact]
    public void Events_OfEachProject_HaveIdsOfItsBlock()
    {
        Assert.True(s_events.Length > 90, $"Only {s_events.Length} events were found.");
        Assert.Empty(
            s_events
                .Where(one => one.Message.EventId < s_blocks[one.Project] || one.Message.EventId >= s_blocks[one.Project] + IdsOfAProject)
                .Select(one => $"{one.Project}.{one.Method}: {one.Message.EventId}")
        );
    }

    [Fact]
    public void Events_OfAllProjects_AreUniqueByIdAndName()
    {
        Assert.Empty(Twice(one => one.Message.EventId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Empty(Twice(one => one.Message.EventName ?? one.Method));
    }

    private static IEnumerable<string> Twice(Func<(string Project, string Method, LoggerMessageAttribute Message), string> by) =>
        s_events
            .GroupBy(by)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(one => $"{one.Project}.{one.Method}"))}");
}
