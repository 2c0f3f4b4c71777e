using EarlyWarning.Catalogue.Files;

namespace EarlyWarning.Catalogue.Tests.Files;

public sealed class LogisticCoefficientsTests
{
    [Fact]
    public void Read_DecimalComma_IsRefusedAndNotTakenAsThousands() =>
        Assert.Contains(
            "Line 3",
            Assert
                .Throws<FormatException>(() =>
                    LogisticCoefficients.Read(new StringReader("Variables,a\n(Intercept),-3.5\nx,\"1,234\"\n"), "a")
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Read_NulBehindFigures_IsRefused() =>
        Assert.Contains(
            "NUL",
            Assert
                .Throws<FormatException>(() => LogisticCoefficients.Read(new StringReader("Variables,a\n(Intercept),-3.5\0\n"), "a"))
                .Message,
            StringComparison.Ordinal
        );
}
