namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>The rows of Saltelli's design: A, B, AB₁ … AB_d.</summary>
internal static class SaltelliDesign
{
    public const int A = 0;
    public const int B = 1;

    /// <summary>Tells whether an input comes from the second sample.</summary>
    /// <param name="row">The row.</param>
    /// <param name="input">The input.</param>
    public static bool UsesB(int row, int input) => row == B || row == input + 2;
}
