# The figures that ReferenceFiguresTests expects, by base R's formulas alone: Rscript tests/Engine.Tests/Evaluation/forecasts.R
# Seven units over three periods, with ties within and between periods.
unit <- rep(c("A", "B", "C", "D", "E", "F", "G"), 3)
time <- rep(2001:2003, each = 7)
p <- c(.10, .20, .20, .50, .05, .30, .30,  .20, .20, .40, .50, .05, .05, .30,  .10, .40, .40, .70, .10, .30, .05)
y <- c(  0,   0,   1,   1,   0,   0,   1,    0,   0,   1,   0,   0,   0,   0,    0,   1,   0,   1,   0,   1,   0)
show <- function(name, value) cat(sprintf("%-24s %s\n", name, paste(format(value, digits = 17), collapse = " ")))

# The area under the curve, ties as half: Wilcoxon's statistic.
m <- sum(y); n <- sum(1 - y)
show("auc", unname(wilcox.test(p[y == 1], p[y == 0], exact = FALSE)$statistic) / (m * n))

# DeLong's variance by placements, as pROC's ci.auc has it, each row by itself.
above <- function(a, b) (a > b) + (a == b) / 2
v10 <- sapply(p[y == 1], function(x) mean(above(x, p[y == 0])))
v01 <- sapply(p[y == 0], function(x) mean(above(p[y == 1], x)))
auc <- mean(v10)
se <- sqrt(var(v10) / m + var(v01) / n)
show("delong se", se)
show("delong interval", pmin(1, pmax(0, auc + c(-1, 1) * qnorm(.975) * se)))

# Obuchowski's variance, the rows of a unit together.
d10 <- tapply(v10 - auc, factor(unit[y == 1], unique(unit)), sum); d10[is.na(d10)] <- 0
d01 <- tapply(v01 - auc, factor(unit[y == 0], unique(unit)), sum); d01[is.na(d01)] <- 0
i10 <- length(unique(unit[y == 1])); i01 <- length(unique(unit[y == 0])); i <- length(unique(unit))
v <- i10 / (i10 - 1) * sum(d10^2) / m^2 + i01 / (i01 - 1) * sum(d01^2) / n^2 + 2 * i / (i - 1) * sum(d10 * d01) / (m * n)
show("clustered se", sqrt(v))
show("clustered interval", pmin(1, pmax(0, auc + c(-1, 1) * qnorm(.975) * sqrt(v))))

# Average precision: the step function over distinct scores, as yardstick's average_precision has it.
cuts <- sort(unique(p), decreasing = TRUE)
recall <- sapply(cuts, function(cut) sum(y[p >= cut]) / m)
precision <- sapply(cuts, function(cut) mean(y[p >= cut]))
show("average precision", sum(diff(c(0, recall)) * precision))

# Brier score, its skill over the base rate of the same rows, logarithmic score.
brier <- mean((p - y)^2)
show("brier", brier)
show("brier skill", 1 - brier / mean((mean(y) - y)^2))
show("log score", -mean(ifelse(y == 1, log(p), log(1 - p))))

# Calibration: the logistic regression of what came on the log-odds of what was said.
show("calibration", coef(glm(y ~ qlogis(p), family = binomial, control = glm.control(epsilon = 1e-14))))

# Recall of the four highest of each period; of a tie that is cut, the mean over all its orders.
n_top <- 4
hits <- sapply(split(seq_along(p), time), function(rows) {
  orders <- replicate(20000, { o <- rows[order(-p[rows], runif(length(rows)))]; sum(y[o[1:n_top]]) })
  cut <- sort(p[rows], decreasing = TRUE)[n_top]
  sure <- rows[p[rows] > cut]; tied <- rows[p[rows] == cut]
  exact <- sum(y[sure]) + (n_top - length(sure)) * mean(y[tied])
  stopifnot(abs(mean(orders) - exact) < 0.05)
  exact
})
show("hits by period", hits)
show("recall", sum(hits) / m)
show("precision", sum(hits) / (3 * n_top))
show("false alarms per hit", (3 * n_top - sum(hits)) / sum(hits))
