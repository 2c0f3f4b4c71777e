using EarlyWarning.Fuzzing.Tests.Running;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>Every parser that is tried.</summary>
internal static class AllTargets
{
    public static IReadOnlyList<Target> List { get; } =
    [
        .. CatalogueTargets.All,
        .. RequestTargets.All,
        .. TokenTargets.All,
        .. SettingTargets.All,
        .. MessagingTargets.All,
        .. ImportTargets.All,
        .. CommandLineTargets.All,
    ];

    public static Target Named(string name) => List.Single(target => target.Name == name);
}
