namespace EarlyWarning.Host.Exercise;

/// <summary>The files that ship with the exercise, beside the program.</summary>
internal static class ExerciseFiles
{
    /// <summary>What is played.</summary>
    public static string Scenario => In("scenario.yaml");

    /// <summary>Who is told: nobody real, by inbox.</summary>
    public static string Directory => In("directory.yaml");

    /// <summary>The mission's ladder with deadlines of seconds.</summary>
    public static string Ladder => In("ladder.yaml");

    private static string In(string file) => Path.Combine(AppContext.BaseDirectory, "Exercise", file);
}
